using System.Text;

namespace Picket.Chat.Tests;

/// <summary>A random text with or without the marker, random windows and random pieces, and what a stream guard makes of them.</summary>
internal sealed class StreamRun
{
    private static readonly string[] Words =
    [
        "bread", "a", "\ud83d\ude00\ud83c\udf5e", "oven.", " ", "  ", "\n", "flour? ",
        "\u5149\u3002", "water,", "\ud83d", "yes! ", "longerwordwithoutspace", "BA", "\ude00",
    ];

    private readonly Random _random;

    public StreamRun(int seed)
    {
        _random = new Random(seed);
        int window = _random.Next(16, 120);
        Options = new StreamGuardOptions
        {
            WindowLength = window,
            Overlap = _random.Next(Math.Min(2, window / 2), (window / 2) + 1),
            Step = _random.Next(2) == 0 ? StreamStep.Sentence : StreamStep.FullWindow,
            ShortestStep = _random.Next(1, window + 1),
        };
        Text = RandomText(_random.Next(0, 600), _random.Next(3));
    }

    public StreamGuardOptions Options { get; }

    public string Text { get; }

    public MarkerGuard Guard { get; private set; } = new();

    public StringBuilder Released { get; } = new();

    public PartVerdict? Block { get; private set; }

    public bool IsUnsafe => Text.Contains("BAD", StringComparison.Ordinal);

    public async Task RunAsync(int longestPiece, Action<StreamGuard, string>? afterPiece = null)
    {
        Guard = new MarkerGuard();
        Released.Clear();
        var stream = new TestedStream(Guard, Options);
        foreach (string piece in Pieces(Text, longestPiece))
        {
            Take(await stream.PushAsync(piece));
            afterPiece?.Invoke(stream.Guard, Released.ToString());
        }

        Take(await stream.FlushAsync());
    }

    public IEnumerable<string> Pieces(string text, int longest)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = Math.Min(_random.Next(1, longest + 1), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    public string RandomText(int length, int markers)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Words[_random.Next(Words.Length)]);
        }

        for (int i = 0; i < markers; i++)
        {
            text.Insert(_random.Next(text.Length + 1), "BAD");
        }

        return text.ToString();
    }

    private void Take(GuardedDelta delta)
    {
        Released.Append(delta.Text);
        Block = delta.Block;
    }
}
