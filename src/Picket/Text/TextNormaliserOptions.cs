namespace Picket.Text;

/// <summary>Which cheap evasions a <see cref="TextNormaliser"/> undoes. All are on by default.</summary>
public sealed record TextNormaliserOptions
{
    /// <summary>
    /// Removes what shows nothing: zero-width characters and joiners (an emoji built from several falls apart), bidi controls, soft
    /// hyphens, variation selectors, tags, replacement characters, unpaired surrogates. Control characters other than whitespace become a space.
    /// </summary>
    public bool RemoveInvisible { get; init; } = true;

    /// <summary>Applies Normalisation Form KC of Unicode 15.0: full-width, mathematical, circled letters and ligatures become plain ones.</summary>
    public bool Compatibility { get; init; } = true;

    /// <summary>Removes combining marks that pile up (three or more in a row), strike through, underline or enclose.</summary>
    public bool LimitMarks { get; init; } = true;

    /// <summary>Joins words spelled letter by letter: "h o w  t o", "m-a-k-e". From four letters on.</summary>
    public bool JoinSpacedLetters { get; init; } = true;

    /// <summary>Folds letters of other alphabets that look like Latin ones, in words that are Latin or may be (UTS #39).</summary>
    public bool FoldLookAlikes { get; init; } = true;

    /// <summary>Shortens runs of three or more of one letter to two, and of four or more of one sign to three.</summary>
    public bool SqueezeRepeats { get; init; } = true;

    /// <summary>Makes one space, or one line break, of every run of whitespace, and trims the ends.</summary>
    public bool CollapseWhitespace { get; init; } = true;

    /// <summary>Offers the second view that reads digits and signs inside words as letters (<see cref="TextNormaliser.TryGetLeetView"/>).</summary>
    public bool LeetView { get; init; } = true;

    /// <summary>Every step off.</summary>
    public static TextNormaliserOptions None { get; } = new()
    {
        RemoveInvisible = false,
        Compatibility = false,
        LimitMarks = false,
        JoinSpacedLetters = false,
        FoldLookAlikes = false,
        SqueezeRepeats = false,
        CollapseWhitespace = false,
        LeetView = false,
    };
}
