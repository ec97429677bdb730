namespace Picket.Compute;

/// <summary>Where the sequences of a batch lie, among the tokens and among the probabilities.</summary>
internal sealed class AttentionBatch(int heads)
{
    private int[] _starts = [];
    private AttentionSequence[] _sequences = [];

    /// <summary>Sequences.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens of the longest one.</summary>
    public int Longest { get; private set; }

    public AttentionSequence this[int sequence] => _sequences[sequence];

    /// <summary>Lists the sequences of a pass.</summary>
    public void Take(ReadOnlySpan<int> starts)
    {
        Count = Math.Max(0, starts.Length - 1);
        Longest = 0;
        if (_sequences.Length < Count)
        {
            _starts = new int[Count];
            _sequences = new AttentionSequence[Count];
        }

        int place = 0;
        long row = 0;
        for (int i = 0; i < Count; i++)
        {
            int length = starts[i + 1] - starts[i];
            _starts[i] = starts[i];
            _sequences[i] = new AttentionSequence(starts[i], length, place, row);
            place = checked(place + (heads * length * length));
            row += heads * length;
            Longest = Math.Max(Longest, length);
        }
    }

    /// <summary>The sequence of that length that begins there. An empty one before it, which the search may find, has the same places.</summary>
    public AttentionSequence At(int start, int length) => _sequences[Array.BinarySearch(_starts, 0, Count, start)] with { Length = length };
}

/// <summary>One sequence, or one head of it.</summary>
/// <param name="Start">Its first token in the batch.</param>
/// <param name="Length">Its tokens.</param>
/// <param name="Place">The first of its probabilities.</param>
/// <param name="Row">The first of its rows, counted over all sequences and heads.</param>
internal readonly record struct AttentionSequence(int Start, int Length, int Place, long Row)
{
    public AttentionSequence OfHead(int head) => this with { Place = Place + (head * Length * Length), Row = Row + (head * (long)Length) };
}
