using System.Text;

namespace Picket.Server.Tests;

/// <summary>A chat stream by chance: several choices with reasoning, text and a tool's arguments, some of them with "bad" in it.</summary>
internal sealed class GeneratedStream
{
    private static readonly string[] Words =
    [
        "flour", "a", "oven. ", " ", "\n", "water, ", "yes! ", "\u5149\u3002", "\ud83c\udf5e", "\ud83d\ude00", "ba", "\"quoted\" ",
        "or/and ", "\u00e9",
    ];

    private static readonly string[] Keys = ["reasoning_content", "content", "tool"];

    private readonly Random _random;
    private readonly bool _takeTurns;

    /// <summary>Makes it.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="takeTurns">Whether the texts of a choice take turns; otherwise one follows the other.</param>
    public GeneratedStream(int seed, bool takeTurns = false)
    {
        _random = new Random(seed);
        _takeTurns = takeTurns;
        Window = _random.Next(64, 200);
        Texts = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => RandomTexts())];
        Bytes = Encoding.UTF8.GetBytes(Events());
    }

    public int Window { get; }

    public int Overlap => Window / 3;

    /// <summary>Of each choice, the texts in their order.</summary>
    public IReadOnlyList<IReadOnlyList<(string Key, string Text)>> Texts { get; }

    public byte[] Bytes { get; }

    public bool IsUnsafe(int choice) => Texts[choice].Any(static text => text.Text.Contains("bad", StringComparison.Ordinal));

    private (string Key, string Text)[] RandomTexts() => [.. Keys.Where(key => key == "content" || _random.Next(3) == 0).Select(key =>
    {
        var text = new StringBuilder();
        for (int length = _random.Next(400); text.Length < length;)
        {
            text.Append(Words[_random.Next(Words.Length)]);
        }

        return (key, _random.Next(4) == 0 ? text.Insert(_random.Next(text.Length + 1), "bad").ToString() : text.ToString());
    })];

    private string Events()
    {
        Queue<string>[] left = [.. Texts.Select((texts, choice) => new Queue<string>(
        [
            ProxyRun.Chunk("\"role\":\"assistant\"", choice),
            .. Ordered([.. texts.Select(text => Pieces(text, choice))]),
            ProxyRun.Stops(choice),
        ]))];
        var events = new StringBuilder();
        while (Array.Exists(left, static choice => choice.Count > 0))
        {
            Queue<string> choice = left[_random.Next(left.Length)];
            events.Append(choice.Count == 0 ? _random.Next(20) == 0 ? ": wait\n\n" : "" : choice.Dequeue());
        }

        string all = events.Append(ProxyRun.Done).ToString();
        return _random.Next(2) == 0 ? all : all.Replace("\n", "\r\n", StringComparison.Ordinal);
    }

    private IEnumerable<string> Ordered(IEnumerable<string>[] texts)
    {
        Queue<string>[] left = [.. texts.Select(static text => new Queue<string>(text))];
        while (left.Sum(static text => text.Count) > 0)
        {
            Queue<string>[] waiting = [.. left.Where(static text => text.Count > 0)];
            yield return waiting[_takeTurns ? _random.Next(waiting.Length) : 0].Dequeue();
        }
    }

    private IEnumerable<string> Pieces((string Key, string Text) text, int choice)
    {
        for (int at = 0; at < text.Text.Length;)
        {
            int length = Math.Min(_random.Next(1, 30), text.Text.Length - at);
            string piece = Quoted(text.Text.Substring(at, length));
            yield return ProxyRun.Chunk(
                text.Key == "tool" ? $"\"tool_calls\":[{{\"index\":0,\"function\":{{\"arguments\":{piece}}}}}]" : $"\"{text.Key}\":{piece}", choice);
            at += length;
        }
    }

    // Pairs are cut too: a half is an escape in JSON, and other letters may be one.
    private string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (isPair && _random.Next(2) == 0)
            {
                json.Append(text, i++, 2);
            }
            else if (text[i] is '"' or '\\' or < ' ' || char.IsSurrogate(text[i]) || _random.Next(20) == 0)
            {
                json.Append($"\\u{(int)text[i]:x4}");
            }
            else
            {
                json.Append(text[i]);
            }
        }

        return json.Append('"').ToString();
    }
}
