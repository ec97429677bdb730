using System.Text;

namespace Picket.Models.Tokenization;

/// <summary>
/// The SentencePiece unigram tokenizer of DeBERTa-v3 (Kudo and Richardson 2018, "SentencePiece"). Immutable; any number of threads may use one
/// at a time. Made by <see cref="TokenizerLoader"/>. An unpaired surrogate counts as U+FFFD; no text makes it throw.
/// </summary>
public sealed class UnigramTokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly Dictionary<int, string> _added;
    private readonly ITextEncoder _encoder;
    private readonly AddedTokenSplitter? _splitter;
    private readonly ScratchPool _pool = new();

    internal UnigramTokenizer(
        Vocabulary vocabulary, IEnumerable<AddedToken> added, SpecialTokens special, TokenizerMode mode, ITextEncoder encoder,
        AddedTokenSplitter? splitter)
    {
        _vocabulary = vocabulary;
        _added = added.DistinctBy(static token => token.Id).ToDictionary(static token => token.Id, static token => token.Text);
        _encoder = encoder;
        _splitter = splitter;
        Special = special;
        Mode = mode;
        VocabularySize = Math.Max(vocabulary.Count, _added.Keys.DefaultIfEmpty(-1).Max() + 1);
    }

    /// <summary>Whose reading of the vocabulary it is.</summary>
    public TokenizerMode Mode { get; }

    /// <summary>The ids of the special tokens.</summary>
    public SpecialTokens Special { get; }

    /// <summary>One more than the highest id: 128,001 for DeBERTa-v3, whose embedding table has 128,100 rows.</summary>
    public int VocabularySize { get; }

    /// <summary>The text of an id, with U+2581 for a space.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string Piece(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, VocabularySize);
        return _added.TryGetValue(id, out string? text) ? text : id < _vocabulary.Count ? Encoding.UTF8.GetString(_vocabulary.Text(id)) : "";
    }

    /// <summary>Appends the ids of a text, without [CLS] and [SEP]. Allocates nothing once the buffer and the pool have grown.</summary>
    /// <param name="text">Any text, of any length: time and memory are linear in it.</param>
    /// <param name="ids">Receives the ids; it must not be another thread's at the time.</param>
    /// <returns>How many ids were appended; none for a text of white space.</returns>
    public int Encode(ReadOnlySpan<char> text, TokenBuffer ids)
    {
        int before = ids.Count;
        TokenizerScratch scratch = _pool.Rent();
        try
        {
            if (_splitter is null)
            {
                _encoder.Append(text, scratch, ids);
            }
            else
            {
                _splitter.Append(text, _encoder, scratch, ids);
            }
        }
        finally
        {
            _pool.Return(scratch);
        }

        return ids.Count - before;
    }

    /// <summary>Appends [CLS] <paramref name="first"/> [SEP].</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has no [CLS] or no [SEP].</exception>
    public void Assemble(ReadOnlySpan<int> first, TokenBuffer output)
    {
        RequireMarks();
        output.Add(Special.Cls);
        output.Add(first);
        output.Add(Special.Sep);
    }

    /// <summary>Appends [CLS] <paramref name="first"/> [SEP] <paramref name="second"/> [SEP].</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has no [CLS] or no [SEP].</exception>
    public void Assemble(ReadOnlySpan<int> first, ReadOnlySpan<int> second, TokenBuffer output)
    {
        Assemble(first, output);
        output.Add(second);
        output.Add(Special.Sep);
    }

    /// <summary>How many ids of a pair stay when the assembled pair may have <paramref name="longest"/> (<c>longest_first</c>).</summary>
    /// <param name="first">The ids of the first text.</param>
    /// <param name="second">The ids of the second text.</param>
    /// <param name="longest">Ids in all, the three marks included; at least 3.</param>
    /// <returns>
    /// The ids to keep from the start of each. Where both are cut and the room is odd, the mode decides who has one more: the first text, but
    /// in <see cref="TokenizerMode.HuggingFaceFast"/> the text that is longer when each is read no further than the word that fills
    /// <paramref name="longest"/> ids, and the second one where they are equal (the library's version 0.23).
    /// </returns>
    public (int First, int Second) Truncate(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int longest)
    {
        int room = Room(longest, 3);
        return (long)first.Length + second.Length <= room ? (first.Length, second.Length)
            : Mode == TokenizerMode.HuggingFaceFast ? LongestFirst.Fast(ReadWords(first, longest), ReadWords(second, longest), room)
            : LongestFirst.Slow(first.Length, second.Length, room);
    }

    /// <summary>How many ids of a text stay when the assembled sequence may have <paramref name="longest"/>, the two marks included.</summary>
    public static int Truncate(int first, int longest) => Math.Min(first, Room(longest, 2));

    /// <summary>How many ids there are up to the end of the word that the id number <paramref name="enough"/> is in.</summary>
    private int ReadWords(ReadOnlySpan<int> ids, int enough)
    {
        for (int i = enough; i < ids.Length; i++)
        {
            if (IsCutOut(ids[i]) || IsCutOut(ids[i - 1]) || _vocabulary.Text(ids[i]).StartsWith("\u2581"u8))
            {
                return i;
            }
        }

        return ids.Length;
    }

    private bool IsCutOut(int id) => id != Special.Unk && _added.ContainsKey(id);

    private static int Room(int longest, int marks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, marks);
        return longest - marks;
    }

    private void RequireMarks()
    {
        if (Special.Cls < 0 || Special.Sep < 0)
        {
            throw new InvalidOperationException("The vocabulary has no [CLS] or no [SEP].");
        }
    }
}
