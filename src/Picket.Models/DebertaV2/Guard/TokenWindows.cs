namespace Picket.Models.DebertaV2;

/// <summary>
/// The overlapping windows of a long run of tokens: every token is in one, all have the same length, and the last ends where the run ends.
/// </summary>
/// <param name="Length">Tokens.</param>
/// <param name="Size">The longest window; at least 1.</param>
/// <param name="Overlap">The least that neighbours share; below <paramref name="Size"/>.</param>
internal readonly record struct TokenWindows(int Length, int Size, int Overlap)
{
    /// <summary>How many there are, at least one.</summary>
    public int Count => Length <= Size ? 1 : 1 + ((Length - Size + Size - Overlap - 1) / (Size - Overlap));

    /// <summary>A window; beyond the last one, the last one.</summary>
    public Range this[int index]
    {
        get
        {
            int size = Math.Min(Size, Length);
            int start = (int)Math.Min((long)index * (Size - Overlap), Length - size);
            return start..(start + size);
        }
    }

    /// <summary>
    /// The windows of a prompt and of a response that share a sequence, window k of each side by side: as many sequences as the side with more
    /// windows has, the other's last one repeated. A side that fits in half the room is kept whole beside every window of the other.
    /// </summary>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="response">Tokens of the response.</param>
    /// <param name="room">Tokens of both that a sequence has room for; at least 2.</param>
    /// <param name="overlap">What neighbouring windows share, as far as half a window goes.</param>
    public static (TokenWindows Prompt, TokenWindows Response) Share(int prompt, int response, int room, int overlap)
    {
        int half = room / 2;
        int promptSize = (long)prompt + response <= room || prompt <= half ? prompt : Math.Max(half, room - response);
        int responseSize = Math.Min(response, room - promptSize);
        return (Create(prompt, promptSize, overlap), Create(response, responseSize, overlap));
    }

    /// <summary>The windows of one text.</summary>
    public static TokenWindows Create(int length, int size, int overlap) => new(length, Math.Max(1, size), Math.Min(overlap, Math.Max(1, size) / 2));
}
