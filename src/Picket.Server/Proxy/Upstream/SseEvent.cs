using System.Text;

namespace Picket.Server;

/// <summary>One event of a stream as it came.</summary>
/// <param name="Raw">Its bytes, the empty line at its end included.</param>
internal sealed record SseEvent(ReadOnlyMemory<byte> Raw)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The event's name; empty when it has none.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What its data lines say; <see langword="null"/> when it has none.</summary>
    public string? Data { get; private init; }

    /// <summary>What its comment lines say; empty when it has none. No client shows them.</summary>
    public string Comment { get; private init; } = "";

    /// <summary>Reads the lines.</summary>
    /// <returns><see langword="null"/> when they are none of an event stream.</returns>
    public static SseEvent? Parse(ReadOnlyMemory<byte> raw)
    {
        string text;
        try
        {
            text = Strict.GetString(raw.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        string name = "";
        var data = new List<string>();
        var comments = new List<string>();
        foreach (string line in text.TrimStart('\uFEFF').Split(["\r\n", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string value = colon < 0 ? "" : line[(colon + 1)..];
            switch (colon < 0 ? line : line[..colon])
            {
                case "":
                    comments.Add(value);
                    break;
                case "data":
                    data.Add(value.StartsWith(' ') ? value[1..] : value);
                    break;
                case "event" when IsMark(value):
                    name = value.TrimStart(' ');
                    break;
                case "id" or "retry" when IsMark(value):
                    break;
                default:
                    return null;
            }
        }

        return new SseEvent(raw)
        {
            Name = name,
            Data = data.Count == 0 ? null : string.Join('\n', data),
            Comment = string.Join('\n', comments).Trim(),
        };
    }

    public override string ToString() => $"SseEvent {Raw.Length} bytes";

    // A name, a number: nothing that could hold a sentence.
    private static bool IsMark(string value) =>
        value.Length <= 128 && value.TrimStart(' ').All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '/');
}
