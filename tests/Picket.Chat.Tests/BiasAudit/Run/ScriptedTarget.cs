namespace Picket.Chat.Tests;

/// <summary>A model by hand: what it says follows from the request; it counts requests, and those under way at a time.</summary>
internal sealed class ScriptedTarget(Func<GenerationRequest, string> answer) : IGenerator
{
    private int _requests;
    private int _underWay;

    public GeneratorDescription Description { get; } = new("scripted", "fake", "https://target.test", PrefixStyle.TrailingMessage);

    public int Requests => _requests;

    public int MostUnderWay { get; private set; }

    public List<GenerationRequest> Seen { get; } = [];

    /// <summary>Runs before the answer to the request of this number, from 1.</summary>
    public Action<int>? Before { get; init; }

    public async ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        int number = Interlocked.Increment(ref _requests);
        lock (Seen)
        {
            Seen.Add(request);
            MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
        }

        await Task.Yield();
        Before?.Invoke(number);
        cancellationToken.ThrowIfCancellationRequested();
        string text = answer(request);
        lock (Seen)
        {
            _underWay--;
        }

        return new Generation(text, text.Length == 0 ? GenerationFinish.Empty : GenerationFinish.Stop, new TokenUsage(10, 5));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
