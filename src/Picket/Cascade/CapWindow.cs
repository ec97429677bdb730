namespace Picket;

/// <summary>The last decisions under an <see cref="EscalationCap"/>. Not for several threads at once.</summary>
internal sealed class CapWindow(EscalationCap cap)
{
    // The latest decisions, oldest first: a window less one, since the next input completes the window.
    private readonly List<(double Wanted, bool Escalated)> _last = [];

    /// <summary>Takes back what the cap does not allow.</summary>
    public void Apply(Span<RouteDecision> decisions)
    {
        double[] wanted = new double[decisions.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = Wanted(decisions[i]);
        }

        double[] least = LeastHardness(wanted);
        bool[] flags = new bool[_last.Count + decisions.Length];
        for (int i = 0; i < _last.Count; i++)
        {
            flags[i] = _last[i].Escalated;
        }

        int[] counts = Counts(flags);
        int[] order = [.. Enumerable.Range(0, wanted.Length).Where(i => wanted[i] >= 0).OrderByDescending(i => wanted[i])];
        foreach (int i in order)
        {
            if (wanted[i] < least[i] || !TryAdmit(counts, _last.Count + i))
            {
                decisions[i] = decisions[i] with { Escalate = false, Reason = RouteReason.Capped };
            }
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            _last.Add((wanted[i], decisions[i].Escalate));
        }

        _last.RemoveRange(0, Math.Max(0, _last.Count - (cap.Window - 1)));
    }

    // -1: it stays. Above 1: outside the region, before all others.
    private static double Wanted(RouteDecision decision) => !decision.Escalate ? -1
        : decision.Reason == RouteReason.OutOfRegion ? 2 : decision.HardProbability;

    /// <summary>For each place the hardness at the limit's place in the window that it ends, where more than the limit want to go on; else -1.</summary>
    private double[] LeastHardness(double[] wanted)
    {
        List<double> sorted = [.. _last.Select(static entry => entry.Wanted).Where(static hardness => hardness >= 0).Order()];
        double[] least = new double[wanted.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            int left = _last.Count + i - cap.Window;
            double leaving = left < 0 ? -1 : left < _last.Count ? _last[left].Wanted : wanted[left - _last.Count];
            if (leaving >= 0)
            {
                sorted.RemoveAt(sorted.BinarySearch(leaving));
            }

            if (wanted[i] >= 0)
            {
                int place = sorted.BinarySearch(wanted[i]);
                sorted.Insert(place < 0 ? ~place : place, wanted[i]);
            }

            least[i] = sorted.Count > cap.Limit ? sorted[^cap.Limit] : -1;
        }

        return least;
    }

    /// <summary>Escalations of each window, by its last place; windows that begin before the first decision are as full as what is there.</summary>
    private int[] Counts(bool[] flags)
    {
        int[] counts = new int[flags.Length + cap.Window - 1];
        int sum = 0;
        for (int end = 0; end < counts.Length; end++)
        {
            sum += end < flags.Length && flags[end] ? 1 : 0;
            sum -= end >= cap.Window && end - cap.Window < flags.Length && flags[end - cap.Window] ? 1 : 0;
            counts[end] = sum;
        }

        return counts;
    }

    private bool TryAdmit(int[] counts, int place)
    {
        Span<int> windows = counts.AsSpan(place, cap.Window);
        int limit = cap.Limit;
        foreach (int count in windows)
        {
            if (count >= limit)
            {
                return false;
            }
        }

        foreach (ref int count in windows)
        {
            count++;
        }

        return true;
    }
}
