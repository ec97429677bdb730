using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Picket.Chat;
using Picket.Training.Augmentation;

namespace Picket.Benchmarks;

/// <summary>
/// An augmentation against a local server that answers every request after the same time, over real connections: how near the rate comes to
/// what the server allows, and how many requests were under way at most.
/// </summary>
internal static class AugmentTimer
{
    private const int Count = 9600;
    private const int InFlight = 64;

    // What shows is the client's share of the time, not the server's: both run in this process.
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(250);

    private static int s_now;
    private static int s_most;

    public static async Task RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("picket-bench-").FullName;
        using HttpListener server = Start(out Uri address);
        Task serving = ServeAsync(server);
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var generator = new ChatGenerator(
            address, http, PrefixStyle.PrefixField, new GeneratorOptions { MaxConcurrency = InFlight });
        string seeds = Path.Combine(folder, "seeds.jsonl");
        await File.WriteAllLinesAsync(
            seeds, Enumerable.Range(0, 50).Select(static i => $$"""{"prompt":"{{MildTexts.Words(12)}} {{i}}","unsafe":1}"""));
        var models = new AugmentationModels { Generator = new AugmentationModel(generator) };
        var augmenter = new Augmenter(models, options: new AugmentationOptions { Count = Count, Concurrency = InFlight });
        var watch = Stopwatch.StartNew();
        AugmentationReport report = await augmenter.AugmentAsync(seeds, Path.Combine(folder, "out.jsonl"));
        double seconds = watch.Elapsed.TotalSeconds;
        double ideal = Count / InFlight * s_delay.TotalSeconds;
        Console.WriteLine(
            $"{report.Generators[0].Answers} answers in {seconds:F2} s ({Count / seconds:F0}/s) with the probe, the filters and the report; a server "
            + $"that takes {s_delay.TotalMilliseconds:F0} ms for {InFlight} at a time allows {ideal:F2} s: {ideal / seconds:P1}; "
            + $"{s_most} under way at most");
        server.Stop();
        await serving;
        Directory.Delete(folder, recursive: true);
    }

    private static HttpListener Start(out Uri address)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        address = new Uri($"http://{probe.LocalEndpoint}/");
        probe.Stop();
        var server = new HttpListener();
        server.Prefixes.Add(address.ToString());
        server.Start();
        return server;
    }

    private static async Task ServeAsync(HttpListener server)
    {
        while (server.IsListening)
        {
            try
            {
                _ = AnswerAsync(await server.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task AnswerAsync(HttpListenerContext call)
    {
        int now = Interlocked.Increment(ref s_now);
        for (int most = s_most; now > most; most = s_most)
        {
            Interlocked.CompareExchange(ref s_most, now, most);
        }

        using JsonDocument sent = await JsonDocument.ParseAsync(call.Request.InputStream);
        string text = sent.RootElement.TryGetProperty("seed", out JsonElement seed)
            ? string.Join(' ', MildTexts.Words(30).Split(' ').OrderBy(word => HashCode.Combine(word, seed.GetInt64())).Take(12))
            : "is";
        await Task.Delay(s_delay);
        Interlocked.Decrement(ref s_now);
        byte[] answer = JsonSerializer.SerializeToUtf8Bytes(new
        {
            choices = new[] { new { message = new { content = text }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 100, completion_tokens = 12 },
        });

        // Without a length the listener sends a last chunk of its own, which waits 40 ms for the acknowledgement of the one before.
        call.Response.ContentLength64 = answer.Length;
        await call.Response.OutputStream.WriteAsync(answer);
        call.Response.Close();
    }
}
