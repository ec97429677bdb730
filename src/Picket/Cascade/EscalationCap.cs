namespace Picket;

/// <summary>A hard limit: of any <paramref name="Window"/> consecutive inputs at most floor(share x window) are escalated, the hardest ones.</summary>
/// <remarks>
/// Within a batch the hardest are kept. Over batches, once the last window's inputs want more than the limit, only what is at least as hard as
/// the limit's place among them goes on. Inputs outside the router's region count as hardest. What is held back is decided by the guard
/// before, with <see cref="RouteReason.Capped"/>, so a verdict then depends on what was checked before it.
/// </remarks>
/// <param name="Share">Above 0 to 1.</param>
/// <param name="Window">Inputs; 1 to 100,000.</param>
public sealed record EscalationCap(double Share, int Window = 1000)
{
    /// <summary>The largest window.</summary>
    public const int MostWindow = 100_000;

    /// <summary>Escalations that a window may have.</summary>
    public int Limit => (int)Math.Floor(Share * Window);

    internal IEnumerable<string> Faults()
    {
        if (Share is not (> 0 and <= 1))
        {
            yield return $"{nameof(Share)} is {Share}, expected a number above 0 to 1";
        }

        if (Window is < 1 or > MostWindow)
        {
            yield return $"{nameof(Window)} is {Window}, expected 1 to {MostWindow}";
        }

        if (Share is > 0 and <= 1 && Window is >= 1 and <= MostWindow && Limit == 0)
        {
            yield return $"{nameof(Share)} {Share} of {nameof(Window)} {Window} is less than one input, expected one or more";
        }
    }
}
