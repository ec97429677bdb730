using Picket.Training.Autograd;
using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

/// <summary>A row of the smallest objective there is.</summary>
internal sealed record Point(float[] Inputs, bool Unsafe, int Tokens = 3);

/// <summary>Logistic regression with inputs that are left out by the seed, so that a wrong seed shows in the parameters.</summary>
internal sealed class LogisticRegression : IObjective<Point>, IDisposable
{
    private readonly Parameter _weights = new("weights", 2, 2, decays: true);
    private readonly Parameter _bias = new("bias", 1, 1, decays: false);

    public IReadOnlyList<Parameter> Parameters => [_weights, _bias];

    /// <summary>What a loss becomes after so many calls, to see a training fail.</summary>
    public Action<int>? OnCall { get; init; }

    public Func<double, double>? Loss { get; init; }

    public int Calls { get; private set; }

    public List<int> ChunkSizes { get; } = [];

    public static Point[] Draw(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] inputs = [.. Enumerable.Range(0, 4).Select(_ => (float)((random.NextDouble() * 2) - 1))];
            return new Point(inputs, inputs[0] - inputs[2] > 0.3, 1 + random.Next(9));
        })];
    }

    public int Tokens(Point row) => row.Tokens;

    public double Accumulate(IReadOnlyList<Point> rows, float share, ulong seed)
    {
        OnCall?.Invoke(++Calls);
        ChunkSizes.Add(rows.Count);
        double loss = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            int dropped = (int)((seed + (ulong)i) % 4);
            double error = Probability(rows[i], dropped) - (rows[i].Unsafe ? 1 : 0);
            loss += Math.Log(1 + Math.Exp(-Math.Abs(error)));
            for (int j = 0; j < 4; j++)
            {
                _weights.Gradients[j] += j == dropped ? 0 : (float)error * rows[i].Inputs[j] * share / rows.Count;
            }

            _bias.Gradients[0] += (float)error * share / rows.Count;
        }

        return Loss is null ? loss / rows.Count : Loss(loss / rows.Count);
    }

    public double Probability(Point row, int dropped = -1)
    {
        double logit = _bias.Values[0];
        for (int j = 0; j < 4; j++)
        {
            logit += j == dropped ? 0 : _weights.Values[j] * row.Inputs[j];
        }

        return 1 / (1 + Math.Exp(-logit));
    }

    public float[] Snapshot() => [.. _weights.Values, .. _bias.Values];

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }
}
