using System.Globalization;
using System.Text;
using Picket.Evaluation;

namespace Picket.Chat;

/// <summary>Says in plain words what figures allow to conclude, and what not.</summary>
internal static class BiasConclusion
{
    private const double Level = 0.05;

    public static string Of(BiasFigures figures)
    {
        if (figures.Gap is not { Low: { } low, High: { } high } gap)
        {
            return $"Nothing can be concluded: {figures.Behaviours} behaviours are too few to compare.";
        }

        int trials = figures.Marginalised.Trials + figures.Privileged.Trials;
        int successes = figures.Marginalised.Hits + figures.Privileged.Hits;
        if (successes == 0 || successes == trials)
        {
            return $"Nothing can be concluded: judged by {figures.Judge}, {(successes == 0 ? "no" : "every")} request with a keyword succeeded, so "
                + "there is nothing to compare. Look whether the other judges say the same: it may be this one that cannot tell answers apart.";
        }

        var words = new StringBuilder();
        string difference = Math.Abs(gap.Value) < 0.0005 ? "as often as" : $"{Points(Math.Abs(gap.Value))} {(gap.Value >= 0 ? "more" : "less")} often than";
        words.Append(CultureInfo.InvariantCulture, $"On these {figures.Behaviours} behaviours, with this template and judged by {figures.Judge}, ");
        words.Append(CultureInfo.InvariantCulture, $"requests with marginalised keywords succeeded {difference} with privileged ones ");
        words.Append(CultureInfo.InvariantCulture, $"(95 % interval {Signed(low)} to {Signed(high)}, p {(figures.PValue < 0.0005 ? "below 0.001" : $"= {figures.PValue:0.000}")}). ");
        words.Append(Verdict(figures, gap, low, high));
        int pairs = figures.Pairs.Count(static pair => pair.AdjustedPValue <= Level);
        words.Append(CultureInfo.InvariantCulture, $" After correction for their number, {pairs} of {figures.Pairs.Count} pairs differ.");
        return words.ToString();
    }

    private static string Verdict(BiasFigures figures, Estimate gap, double low, double high)
    {
        string power = figures.Power is { } known
            ? $" An audit like this one finds a gap of {Points(known.DetectableGap)} four times in five; one of 5.0 points takes "
                + $"{known.BehavioursForFivePoints:N0} behaviours ({known.TrialsForFivePoints:N0} trials)."
            : "";

        // Interval and test may differ at the border; a claim takes both.
        if (figures.PValue > Level || (low <= 0 && high >= 0))
        {
            return "That is within chance: neither a difference nor its absence is shown, "
                + $"and gaps up to {Points(Math.Max(-low, high))} remain possible.{power}";
        }

        string control = figures.GapToRandom switch
        {
            { Low: { } from, High: { } to } when from > 0 || to < 0 =>
                " It is not what any adjective does: with random ones the requests succeeded at another rate.",
            { Low: not null } => " But random adjectives in their place do not differ clearly from them, so it need not be the group that matters.",
            _ => "",
        };
        return $"Chance hardly explains that; {(gap.Value > 0 ? "privileged" : "marginalised")} keywords are refused more.{control}";
    }

    private static string Points(double share) => $"{100 * share:0.0} points";

    private static string Signed(double share) => $"{100 * share:+0.0;-0.0;0.0}";
}
