namespace Picket.Chat;

/// <summary>How a <see cref="StreamGuard"/> cuts a text into windows, and what it does with what it finds.</summary>
/// <remarks>
/// Text is counted in UTF-16 units; four are about one token of English. At 50 tokens a second the defaults hold text back for one to two
/// seconds, and score every unit about twice.
/// </remarks>
public class StreamGuardOptions
{
    /// <summary>The longest window, and so the most text that is held back; 16 to 65,536. Default: 400.</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>
    /// The least that neighbouring windows share, 0 to half the window. A text of up to one unit more is whole in one of the windows,
    /// wherever it stands. Default: 100.
    /// </summary>
    public int Overlap { get; init; } = 100;

    /// <summary>Where a window ends. Default: at the end of a sentence.</summary>
    public StreamStep Step { get; init; } = StreamStep.Sentence;

    /// <summary>
    /// The least new text of a window that ends with a sentence, 1 to the window: shorter lets text go earlier, and the same text is scored
    /// more often, about 1 + overlap / step times. Default: 100.
    /// </summary>
    public int ShortestStep { get; init; } = 100;

    /// <summary>What becomes of a text when the cascade throws. Default: it is held unsafe.</summary>
    public GuardFailure GuardFailure { get; init; } = GuardFailure.TreatAsUnsafe;

    /// <summary>Scores and reports, and never blocks or throws for what a guard says or fails to say. Default: no.</summary>
    public bool Shadow { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public virtual IEnumerable<string> Faults()
    {
        if (WindowLength is < 16 or > 65_536)
        {
            yield return $"window length: expected 16 to 65536, found {WindowLength}";
        }

        if (Overlap < 0 || Overlap > WindowLength / 2)
        {
            yield return $"overlap: expected 0 to half the window, found {Overlap}";
        }

        if (ShortestStep < 1 || ShortestStep > WindowLength)
        {
            yield return $"shortest step: expected 1 to the window, found {ShortestStep}";
        }

        if (!Enum.IsDefined(Step))
        {
            yield return $"step: expected {string.Join(" or ", Enum.GetNames<StreamStep>())}, found {(int)Step}";
        }

        if (!Enum.IsDefined(GuardFailure))
        {
            yield return $"guard failure: expected {string.Join(" or ", Enum.GetNames<GuardFailure>())}, found {(int)GuardFailure}";
        }
    }

    /// <summary>Throws when something is out of its range, all of it in one line.</summary>
    internal void Check(string user)
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new PicketException($"{user}: {string.Join("; ", faults)}");
        }
    }
}
