using Picket.Compute;
using Picket.Training.Optimisation;

namespace Picket.Training.RouterTraining;

/// <summary>Routing rows as numbers: one row of inputs each, divided into those to learn from and those held out.</summary>
internal sealed class RouterData : IDisposable
{
    private readonly AlignedBuffer<float> _inputs;

    /// <summary>Reads, divides and, where the options ask for it, standardises rows; mean and deviation are those of the rows to learn from.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How they are divided and brought to one scale.</param>
    /// <param name="groups">Of each row; rows of one group stay together. <see langword="null"/> where each stands for itself.</param>
    /// <exception cref="PicketException">
    /// The rows have features of different widths, or inputs that are no numbers, or no input at all, or a part lacks hard or easy rows.
    /// </exception>
    public RouterData(IReadOnlyList<RoutingRow> rows, RouterTrainingOptions options, IReadOnlyList<string>? groups = null)
    {
        Features = rows.Count == 0 ? 0 : rows[0].Small.Features.Length;
        Width = Features + (options.UseScore ? RouterInputs.ScoreInputs : 0);
        int odd = Enumerable.Range(0, rows.Count).FirstOrDefault(i => rows[i].Small.Features.Length != Features, -1);
        if (odd >= 0 || Width == 0)
        {
            string found = odd < 0 ? "none" : $"{rows[odd].Small.Features.Length} in row {odd}";
            string expected = odd < 0 ? "features, or a router that uses the score" : $"{Features} features as in row 0";
            throw new PicketException($"routing rows: expected {expected}, found {found}");
        }

        (Learned, HeldOut) = Split(rows, groups, options);
        _inputs = new AlignedBuffer<float>((long)rows.Count * Width);
        Inputs = new Matrix<float>(_inputs, rows.Count, Width, Width);
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].Small.Features.Span.CopyTo(Inputs[i]);
            if (options.UseScore)
            {
                RouterInputs.Fill(rows[i].Small.UnsafeProbability, Inputs[i][Features..]);
            }

            if (Inputs[i].ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new PicketException($"routing rows: row {i}: expected features that are finite numbers, found others");
            }
        }

        if (options.Standardise)
        {
            Standardise();
        }
    }

    /// <summary>All rows x inputs.</summary>
    public Matrix<float> Inputs { get; }

    /// <summary>Inputs a row.</summary>
    public int Width { get; }

    /// <summary>Those of them that are the guard's features; they come first.</summary>
    public int Features { get; }

    /// <summary>Places of the rows to learn from.</summary>
    public int[] Learned { get; }

    /// <summary>Places of the rows that are held out.</summary>
    public int[] HeldOut { get; }

    /// <summary>What was subtracted from each input; <see langword="null"/> where nothing was.</summary>
    public float[]? Mean { get; private set; }

    /// <summary>What each input was then multiplied with.</summary>
    public float[]? Scale { get; private set; }

    public void Dispose() => _inputs.Dispose();

    private void Standardise()
    {
        double[] mean = new double[Width];
        double[] square = new double[Width];
        foreach (int row in Learned)
        {
            Span<float> inputs = Inputs[row];
            for (int i = 0; i < Width; i++)
            {
                mean[i] += inputs[i] / (double)Learned.Length;
            }
        }

        foreach (int row in Learned)
        {
            Span<float> inputs = Inputs[row];
            for (int i = 0; i < Width; i++)
            {
                square[i] += (inputs[i] - mean[i]) * (inputs[i] - mean[i]) / Learned.Length;
            }
        }

        // An input that never changes says nothing, and stays so.
        Mean = [.. mean.Select(static value => (float)value)];
        Scale = [.. square.Select(static value => value > 1e-12 ? (float)(1 / Math.Sqrt(value)) : 0)];
        for (int row = 0; row < Inputs.Rows; row++)
        {
            Span<float> inputs = Inputs[row];
            for (int i = 0; i < Width; i++)
            {
                inputs[i] = (inputs[i] - Mean[i]) * Scale[i];
            }
        }
    }

    // Stratified on t, as the method's code divides; a group with a hard row counts as hard.
    private static (int[] Learned, int[] HeldOut) Split(IReadOnlyList<RoutingRow> rows, IReadOnlyList<string>? groups, RouterTrainingOptions options)
    {
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        int[][] pieces = groups is null
            ? [.. all.Select(static i => (int[])[i])]
            : [.. all.GroupBy(i => groups[i], StringComparer.Ordinal).Select(static group => group.ToArray())];
        var learned = new List<int>();
        var heldOut = new List<int>();
        foreach (bool hard in new[] { false, true })
        {
            int[][] places = [.. pieces.Where(piece => Array.Exists(piece, i => rows[i].Hard) == hard)];
            var random = new SplitMix(SplitMix.Seed(options.Seed, hard ? 1 : 0, 0x5711));
            for (int i = places.Length - 1; i > 0; i--)
            {
                int j = random.Below(i + 1);
                (places[i], places[j]) = (places[j], places[i]);
            }

            int count = (int)Math.Round(places.Length * options.HeldOutShare);
            heldOut.AddRange(places[..count].SelectMany(static piece => piece));
            learned.AddRange(places[count..].SelectMany(static piece => piece));
            if (count == 0 || count == places.Length)
            {
                string what = hard ? "where the small guard is wrong and the large one right" : "of the other kind";
                throw new PicketException(
                    $"routing rows: expected rows {what} to learn from and to hold out, found {places.Length} of {rows.Count}; give more data");
            }
        }

        return ([.. learned.Order()], [.. heldOut.Order()]);
    }
}
