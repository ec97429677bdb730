using System.Diagnostics;
using Picket.Models;

namespace Picket.Load;

/// <summary>A transformer behind the server beside the same guard called directly, on the same texts.</summary>
internal static class TransformerLoad
{
    private const int Batch = 64;

    // 8 to 120 words, as prompts are.
    private static readonly string[] Texts = [.. Enumerable.Range(0, 4 * Batch).Select(static i => MildTexts.Words(8 + ((i * 37) % 113)))];

    public static async Task<Figures> RunAsync(string guard, TimeSpan time, int connections, CancellationToken cancellationToken)
    {
        double engine = await EngineAsync(guard, time, cancellationToken);
        await using ServedProcess picket = await ServedProcess.StartAsync(
            Servers.Guarding, $"Picket:Guards:Small={Path.GetFullPath(guard)}", "Picket:Guards:Large=none");
        byte[][] requests = [.. Texts.Select(static text => HttpConnection.Post(ModerationsLoad.Path, new { input = text }))];
        var run = new LoadRun(picket.Address, requests, connections);
        await run.FullAsync(time / 4, cancellationToken);
        Outcome served = await run.FullAsync(time, cancellationToken);
        var figures = new Figures();
        figures.Add("engine alone, texts/s", engine);
        figures.Add("server, texts/s", served.Rate);
        figures.Add("server / engine", served.Rate / engine);
        figures.Add("server, p50 ms", served.Percentile(0.5));
        figures.Add("server, p99 ms", served.Percentile(0.99));
        figures.Add("server, not 200", served.Total - served.Count(200));
        return figures;
    }

    private static async Task<double> EngineAsync(string folder, TimeSpan time, CancellationToken cancellationToken)
    {
        await using IGuard guard = await GuardLoader.LoadAsync(folder, cancellationToken: cancellationToken);
        GuardInput[][] batches = [.. Texts.Select(static text => new GuardInput(text)).Chunk(Batch)];
        await guard.ScoreAsync(batches[0], cancellationToken);
        long start = Stopwatch.GetTimestamp();
        int scored = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            scored += (await guard.ScoreAsync(batches[scored / Batch % batches.Length], cancellationToken)).Count;
        }

        return scored / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
