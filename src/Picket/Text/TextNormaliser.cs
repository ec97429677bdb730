namespace Picket.Text;

/// <summary>Undoes cheap evasions in a text before it is scored. Immutable; safe to use from several threads at once.</summary>
public sealed class TextNormaliser
{
    // One step can make work for an earlier one: letter-like symbols that fold leave spaced letters to join. Of 10 million strings made
    // of evasions none needed more than two passes.
    private const int MostPasses = 8;

    private readonly TextNormaliserOptions _options;

    /// <summary>Creates a normaliser.</summary>
    public TextNormaliser(TextNormaliserOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Every step on.</summary>
    public static TextNormaliser Default { get; } = new(new TextNormaliserOptions());

    /// <summary>The text without evasions; the same instance where nothing changes. Takes any string, in linear time.</summary>
    /// <remarks>
    /// A second call changes nothing: <c>Normalise(Normalise(x)) == Normalise(x)</c>. The result is shorter than the text but for
    /// compatibility characters that stand for several, at worst 18 (U+FDFA).
    /// </remarks>
    public string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int pass = 0; pass < MostPasses && !CleanText.IsClean(text); pass++)
        {
            string next = Pass(text);
            if (ReferenceEquals(next, text))
            {
                break;
            }

            text = next;
        }

        return text;
    }

    /// <summary>The second view of a normalised text, in which digits and signs inside words are read as letters ("h4ck" as "hack").</summary>
    /// <returns>False, with <paramref name="view"/> the text itself, when there is nothing to read so.</returns>
    public bool TryGetLeetView(string normalised, out string view)
    {
        ArgumentNullException.ThrowIfNull(normalised);
        view = normalised;
        return _options.LeetView && LeetSpeak.TryRead(normalised, out view);
    }

    /// <summary>Every step once; the same instance when none has anything to do.</summary>
    internal string Pass(string text)
    {
        text = _options.RemoveInvisible ? InvisibleCharacters.Remove(text) : text;
        text = _options.Compatibility ? Nfkc.Normalise(text) : text;
        text = _options.LimitMarks ? CombiningMarks.Limit(text) : text;
        text = _options.JoinSpacedLetters ? SpacedLetters.Join(text) : text;
        text = _options.FoldLookAlikes ? LookAlikes.Fold(text) : text;
        text = _options.SqueezeRepeats ? Repeats.Squeeze(text) : text;
        return _options.CollapseWhitespace ? Whitespace.Collapse(text) : text;
    }
}
