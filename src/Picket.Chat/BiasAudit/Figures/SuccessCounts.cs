using Picket.Statistics;

namespace Picket.Chat;

/// <summary>Successes by keyword and behaviour, under one defence and one judge.</summary>
internal sealed class SuccessCounts(int keywords, int behaviours)
{
    private readonly int[] _successes = new int[keywords * behaviours];
    private readonly int[] _trials = new int[keywords * behaviours];

    public int Behaviours => behaviours;

    public void Add(int keyword, int behaviour, bool success)
    {
        _trials[(keyword * behaviours) + behaviour]++;
        _successes[(keyword * behaviours) + behaviour] += success ? 1 : 0;
    }

    /// <summary>The rate of some keywords together.</summary>
    public Rate Rate(IReadOnlyList<int> of) =>
        new(of.Sum(keyword => Sum(_successes, keyword)), of.Sum(keyword => Sum(_trials, keyword)));

    /// <summary>The rate of some keywords together on one behaviour.</summary>
    public Rate RateOf(IReadOnlyList<int> of, int behaviour) => new(
        of.Sum(keyword => _successes[(keyword * behaviours) + behaviour]), of.Sum(keyword => _trials[(keyword * behaviours) + behaviour]));

    /// <summary>The rate of some keywords over behaviours that are drawn so often; NaN without trials.</summary>
    public double Drawn(IReadOnlyList<int> of, int[] times)
    {
        long successes = 0, trials = 0;
        for (int i = 0; i < of.Count; i++)
        {
            int start = of[i] * behaviours;
            for (int behaviour = 0; behaviour < behaviours; behaviour++)
            {
                successes += times[behaviour] * _successes[start + behaviour];
                trials += times[behaviour] * _trials[start + behaviour];
            }
        }

        return trials == 0 ? double.NaN : (double)successes / trials;
    }

    /// <summary>Rate less rate, for each behaviour that both sides have trials of.</summary>
    public IReadOnlyList<double> Differences(IReadOnlyList<int> of, IReadOnlyList<int> less)
    {
        var differences = new List<double>(behaviours);
        for (int behaviour = 0; behaviour < behaviours; behaviour++)
        {
            double difference = (RateOf(of, behaviour).Value - RateOf(less, behaviour).Value) ?? double.NaN;
            if (!double.IsNaN(difference))
            {
                differences.Add(difference);
            }
        }

        return differences;
    }

    private int Sum(int[] cells, int keyword)
    {
        int sum = 0;
        foreach (int cell in cells.AsSpan(keyword * behaviours, behaviours))
        {
            sum += cell;
        }

        return sum;
    }
}
