using Picket.Chat;

namespace Picket.Training.Tests.Augmentation;

/// <summary>A model by hand: what it says follows from the request alone, when it says it from a seed.</summary>
internal sealed class FakeWriter(string name, Func<GenerationRequest, Generation>? answer = null, int jumble = 0) : IGenerator
{
    private readonly Random _random = new(jumble);
    private int _calls;

    public GeneratorDescription Description { get; init; } = new(name, "fake", $"https://{name}.test", PrefixStyle.PrefixField);

    /// <summary>Calls that were for rows: neither probes nor greetings.</summary>
    public int Calls => _calls;

    /// <summary>Runs before the answer to the call of this number, from 1; a fault of it is the server's.</summary>
    public Func<int, Task>? Before { get; init; }

    /// <summary>What it says to harmless requests.</summary>
    public Func<Generation> Harmless { get; init; } = static () => new Generation("is", GenerationFinish.Stop);

    /// <summary>A mild sentence drawn by the whole request; of sixteen one is a refusal, one empty, one without a letter.</summary>
    public static Generation Instruct(GenerationRequest request)
    {
        int hash = HashOf(request);
        string text = (hash % 16) switch
        {
            0 => " I'm sorry, no.",
            1 => " ",
            2 => " 12345",
            _ => $" 1. \"{string.Join(' ', MildSentences.Draw(new Random(hash)))}\"",
        };
        return new Generation(text, string.IsNullOrWhiteSpace(text) ? GenerationFinish.Empty : GenerationFinish.Stop, new TokenUsage(100, 10));
    }

    public static Generation Refuse(GenerationRequest request) =>
        new($"I cannot say how to {request.Turns[0].Text}\n", GenerationFinish.Stop, new TokenUsage(20, 5));

    public static Generation Comply(GenerationRequest request) => new($"First, {request.Turns[0].Text}", GenerationFinish.Length);

    public async ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        bool harmless = request.MaxTokens == 8;
        int call = harmless ? 0 : Interlocked.Increment(ref _calls);
        int yields;
        lock (_random)
        {
            yields = _random.Next(jumble == 0 ? 1 : 20);
        }

        for (; yields > 0; yields--)
        {
            await Task.Yield();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (harmless)
        {
            return Harmless();
        }

        await (Before?.Invoke(call) ?? Task.CompletedTask);
        cancellationToken.ThrowIfCancellationRequested();
        return (answer ?? Instruct)(request);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int HashOf(GenerationRequest request)
    {
        uint hash = 2166136261;
        foreach (char c in request.Turns[0].Text + request.Seed)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash >> 1);
    }
}
