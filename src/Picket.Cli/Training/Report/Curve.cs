namespace Picket.Cli;

/// <summary>Points of a curve, in the order of their steps.</summary>
internal sealed record Curve(IReadOnlyList<long> Steps, IReadOnlyList<double> Values)
{
    /// <summary>The values that are known of <paramref name="points"/>.</summary>
    public static Curve Of<TPoint>(IEnumerable<TPoint> points, Func<TPoint, long> step, Func<TPoint, double?> value)
    {
        TPoint[] known = [.. points.Where(point => value(point) is not null)];
        return new Curve([.. known.Select(step)], [.. known.Select(point => value(point)!.Value)]);
    }

    /// <summary>
    /// At most <paramref name="most"/> points, at least 4: the first, the last, and of each stretch between them the lowest and the highest,
    /// so that no spike is lost however long the curve is.
    /// </summary>
    public Curve Thin(int most)
    {
        int count = Steps.Count;
        if (count <= most)
        {
            return this;
        }

        int stretches = (most - 2) / 2;
        var kept = new SortedSet<int> { 0, count - 1 };
        for (int i = 0; i < stretches; i++)
        {
            int start = 1 + (int)((long)(count - 2) * i / stretches);
            int end = 1 + (int)((long)(count - 2) * (i + 1) / stretches);
            IEnumerable<int> stretch = Enumerable.Range(start, end - start);
            kept.Add(stretch.MinBy(at => Values[at]));
            kept.Add(stretch.MaxBy(at => Values[at]));
        }

        return new Curve([.. kept.Select(at => Steps[at])], [.. kept.Select(at => Values[at])]);
    }

    /// <summary>
    /// The exponential mean over about a twentieth of the points, at most 100, without the bias of its beginning: forwards and backwards, so
    /// that it does not lag behind the curve.
    /// </summary>
    public Curve Smooth()
    {
        double decay = 1 - (1 / Math.Clamp(Steps.Count / 40.0, 1, 50));
        IEnumerable<double> backwards = Enumerable.Reverse(Mean(Values.Reverse(), decay));
        return this with { Values = [.. Mean(Values, decay).Zip(backwards, static (before, after) => (before + after) / 2)] };
    }

    private static List<double> Mean(IEnumerable<double> values, double decay)
    {
        var means = new List<double>();
        double mean = 0;
        double weight = 0;
        foreach (double value in values)
        {
            mean = (decay * mean) + ((1 - decay) * value);
            weight = (decay * weight) + (1 - decay);
            means.Add(mean / weight);
        }

        return means;
    }
}
