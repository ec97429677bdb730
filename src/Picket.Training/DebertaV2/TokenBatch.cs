namespace Picket.Training.DebertaV2;

/// <summary>Sequences one after another, without padding.</summary>
/// <param name="Tokens">The ids of all.</param>
/// <param name="Starts">The place of each sequence's first token, then the number of tokens.</param>
internal sealed record TokenBatch(int[] Tokens, int[] Starts)
{
    /// <summary>Puts sequences together.</summary>
    public static TokenBatch Of(IReadOnlyList<int[]> sequences)
    {
        int[] starts = new int[sequences.Count + 1];
        for (int i = 0; i < sequences.Count; i++)
        {
            starts[i + 1] = starts[i] + sequences[i].Length;
        }

        return new TokenBatch([.. sequences.SelectMany(static sequence => sequence)], starts);
    }

    /// <summary>Tokens of the longest sequence.</summary>
    public int Longest => Enumerable.Range(0, Starts.Length - 1).Max(i => Starts[i + 1] - Starts[i]);

    /// <summary>The rows of the first tokens.</summary>
    public int[] FirstRows => Starts[..^1];
}
