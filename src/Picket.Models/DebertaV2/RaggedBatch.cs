using Picket.Models.Tokenization;

namespace Picket.Models.DebertaV2;

/// <summary>Token sequences one after another, without padding. One thread fills and reuses it.</summary>
public sealed class RaggedBatch
{
    private readonly TokenBuffer _tokens = new();
    private int[] _starts = new int[16];

    /// <summary>Sequences.</summary>
    public int Count { get; private set; }

    /// <summary>The ids of all sequences.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.Ids;

    /// <summary>The place of each sequence's first token, then the number of tokens: one more than there are sequences.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count + 1);

    /// <summary>Forgets the sequences and keeps the memory.</summary>
    public void Clear()
    {
        _tokens.Clear();
        Count = 0;
    }

    /// <summary>Appends a sequence, special tokens included.</summary>
    /// <exception cref="ArgumentException">It is empty: there is no first token whose vector would stand for it.</exception>
    public void Add(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("expected at least one token", nameof(tokens));
        }

        _tokens.Add(tokens);
        Count++;
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, 2 * Count);
        }

        _starts[Count] = _tokens.Count;
    }
}
