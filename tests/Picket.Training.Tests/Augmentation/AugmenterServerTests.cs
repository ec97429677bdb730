using System.Net;
using System.Text.Json;
using Picket.Chat;
using Picket.Chat.Tests;
using Picket.Testing;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

/// <summary>Over the wire's protocol, against a server that has every fault of the issue.</summary>
public sealed class AugmenterServerTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(7);

    private readonly AugmentFolder _folder = new();

    [Fact]
    public async Task AugmentAsync_ServerWithEveryFault_LosesNothingAndCounts()
    {
        byte[] expected = await RunAsync(static (_, _) => null);
        (int Busy, int Broken, int Cut) faults = default;

        byte[] output = await RunAsync((number, body) =>
        {
            switch (number % 9)
            {
                case 2:
                    faults.Busy++;
                    return new HttpResponseMessage(number % 2 == 0 ? HttpStatusCode.TooManyRequests : HttpStatusCode.InternalServerError);
                case 4:
                    faults.Broken++;
                    return ScriptedServer.Ok(body[..20]);
                case 7:
                    faults.Cut++;
                    return new HttpResponseMessage(HttpStatusCode.OK) { Content = new CutContent() };
                default:
                    return null;
            }
        });

        Assert.Equal(expected, output);
        Assert.True(faults is { Busy: > 5, Broken: > 5, Cut: > 5 }, $"{faults}");
    }

    [Fact]
    public async Task AugmentAsync_Request_IsTheFormatThatMethodsQuotes()
    {
        string[] methods = await File.ReadAllLinesAsync(SharedFolder.Require("METHODS.md"), TestContext.Current.CancellationToken);
        int line = Array.FindIndex(methods, static text => text.StartsWith("[user] [Example] 1.", StringComparison.Ordinal));
        string? body = null;

        await RunAsync((_, sent) =>
        {
            body ??= sent.Contains("[Example]", StringComparison.Ordinal) ? sent : null;
            return null;
        });

        // METHODS.md section 1.2: the ask to the character, and the assistant's turn left open behind the prefix.
        using var request = JsonDocument.Parse(body!);
        JsonElement[] messages = [.. request.RootElement.GetProperty("messages").EnumerateArray()];
        string ask = methods[line + 1].Replace(" [/user]", "", StringComparison.Ordinal);
        Assert.EndsWith($"[/Example]\n{ask}", messages[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(methods[line + 2].Replace("[assistant] ", "", StringComparison.Ordinal), messages[1].GetProperty("content").GetString());
        Assert.True(messages[1].GetProperty("prefix").GetBoolean());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs against a server that answers like <see cref="FakeWriter"/> where <paramref name="disturb"/> gives nothing.</summary>
    private async Task<byte[]> RunAsync(Func<int, string, HttpResponseMessage?> disturb)
    {
        var gate = new Lock();
        using var server = new ScriptedServer((body, number, _) =>
        {
            lock (gate)
            {
                return Task.FromResult(disturb(number, body) ?? Answer(body));
            }
        });
        using var http = new HttpClient(server);
        var options = new GeneratorOptions { MaxConcurrency = 8, RequestTimeout = Timeout };
        await using var generator = new ChatGenerator(
            new Uri("https://llm.test"), http, PrefixStyle.PrefixField, options, new HurriedClock(Timeout));
        var models = new AugmentationModels { Generator = new AugmentationModel(generator), Complier = new AugmentationModel(generator) };
        await new Augmenter(models, options: _folder.Options with { Concurrency = 8 }).AugmentAsync(
            _folder.Seeds, _folder.Output, cancellationToken: TestContext.Current.CancellationToken);
        return await _folder.OutputAsync();
    }

    private static HttpResponseMessage Answer(string body)
    {
        using var sent = JsonDocument.Parse(body);
        string asked = sent.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        long? seed = sent.RootElement.TryGetProperty("seed", out JsonElement field) ? field.GetInt64() : null;
        var request = new GenerationRequest([new ChatTurn(ChatSpeaker.User, asked)]) { Seed = seed };
        string text = seed is null ? "is"
            : asked.StartsWith("[Example]", StringComparison.Ordinal) ? FakeWriter.Instruct(request).Text
            : $"First, {asked}";
        return ScriptedServer.Ok(
            $$"""{"choices":[{"message":{"content":{{JsonSerializer.Serialize(text)}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":9} }""");
    }

    /// <summary>A body whose connection breaks within it.</summary>
    private sealed class CutContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"choices\":"u8.ToArray());
            throw new IOException("cut");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
