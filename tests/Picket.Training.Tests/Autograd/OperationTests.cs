using Picket.Compute;
using Picket.Training.Autograd;

namespace Picket.Training.Tests.Autograd;

public sealed class OperationTests
{
    private const float Epsilon = 1e-7f;

    public static TheoryData<int, int, int, int> Shapes() => new()
    {
        { 1, 1, 1, 1 }, { 3, 5, 7, 2 }, { 8, 32, 16, 3 }, { 37, 19, 33, 4 }, { 40, 20, 65, 5 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Linear_RandomShapes_GradientIsThatOfDoubles(int rows, int inputs, int outputs, int seed) =>
        GradientCheck.Operation(
            [(rows, inputs)],
            [(outputs, inputs), (1, outputs)],
            static (tape, x, w) => tape.Linear(x[0], w[0], w[1]),
            (x, w) => Reference.Linear(x[0], w[0], w[1], inputs),
            seed);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gelu_RandomShapes_GradientIsThatOfDoubles(int rows, int columns, int _, int seed) =>
        GradientCheck.Operation([(rows, columns)], [], static (tape, x, _) => tape.Gelu(x[0]), static (x, _) => [.. x[0].Select(Reference.Gelu)], seed);

    [Theory]
    [InlineData(3, 8, 1)]
    [InlineData(70, 33, 2)]
    public void Norm_RandomShapes_GradientIsThatOfDoubles(int rows, int columns, int seed) =>
        GradientCheck.Operation(
            [(rows, columns)],
            [(1, columns), (1, columns)],
            static (tape, x, w) => tape.Norm(x[0], w[0], w[1], Epsilon),
            static (x, w) => Reference.Norm(x[0], w[0], w[1], Epsilon),
            seed);

    [Theory]
    [InlineData(3, 8, 0f, 1)]
    [InlineData(41, 30, 0.3f, 2)]
    public void AddNorm_RandomShapes_GradientIsThatOfDoubles(int rows, int columns, float rate, int seed)
    {
        Dropout mask = default;
        GradientCheck.Operation(
            [(rows, columns), (rows, columns)],
            [(1, columns), (1, columns)],
            (tape, x, w) =>
            {
                Variable output = tape.AddNorm(x[0], rate, x[1], w[0], w[1], Epsilon);
                mask = FirstMask(tape, rate);
                return output;
            },
            (x, w) =>
            {
                double[] factors = GradientCheck.Factors(mask, rows, columns);
                double[] sum = [.. x[0].Select((value, i) => (value * factors[i]) + x[1][i])];
                return Reference.Norm(sum, w[0], w[1], Epsilon);
            },
            seed);
    }

    [Theory]
    [InlineData(5, 6, 1)]
    [InlineData(40, 33, 2)]
    public void Dropout_RandomShapes_GradientIsThatOfDoubles(int rows, int columns, int seed)
    {
        Dropout mask = default;
        GradientCheck.Operation(
            [(rows, columns)],
            [],
            (tape, x, _) =>
            {
                Variable output = tape.Dropout(x[0], 0.25f);
                mask = FirstMask(tape, 0.25f);
                return output;
            },
            (x, _) => [.. x[0].Zip(GradientCheck.Factors(mask, rows, columns), static (value, factor) => value * factor)],
            seed);
    }

    [Fact]
    public void Embed_IdsThatComeTwice_GradientIsThatOfDoubles() =>
        GradientCheck.Operation(
            [],
            [(9, 70)],
            static (tape, _, w) => tape.Embed(w[0], new[] { 3, 0, 3, 8, 3 }),
            static (_, w) => Reference.Rows(w[0], 70, [3, 0, 3, 8, 3]),
            seed: 1);

    [Fact]
    public void Gather_SomeRows_GradientIsThatOfDoubles() =>
        GradientCheck.Operation(
            [(6, 5)],
            [],
            static (tape, x, _) => tape.Gather(x[0], new[] { 0, 4, 4 }),
            static (x, _) => Reference.Rows(x[0], 5, [0, 4, 4]),
            seed: 1);

    [Fact]
    public void Scatter_SomeRows_GradientIsThatOfDoubles() =>
        GradientCheck.Operation(
            [(3, 5)],
            [],
            static (tape, x, _) => tape.Scatter(x[0], new[] { 6, 0, 4 }, 8),
            static (x, _) => Reference.Rows([.. x[0], .. new double[5]], 5, [1, 3, 3, 3, 2, 3, 0, 3]),
            seed: 1);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Taps_SequencesOfSomeLengths_GradientIsThatOfDoubles(int taps)
    {
        int[] starts = [0, 1, 4, 11];
        GradientCheck.Operation(
            [(11, 6)], [], (tape, x, _) => tape.Taps(x[0], taps, starts), (x, _) => Reference.Taps(x[0], 6, taps, starts), seed: 1);
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, 1, 4, 0f, 1)]
    [InlineData(new[] { 0, 3, 10 }, 2, 8, 0f, 2)]
    [InlineData(new[] { 0, 7, 8, 29 }, 3, 12, 0.2f, 3)]
    [InlineData(new[] { 0, 20 }, 2, 32, 0.1f, 4)]
    public void Attend_SequencesOfSomeLengths_GradientIsThatOfDoubles(int[] starts, int heads, int width, float rate, int seed)
    {
        var buckets = new LogBuckets(8, 32);
        using var attention = new TrainableAttention(buckets, heads);
        int rows = starts[^1];
        (int first, int count) = attention.PositionRange(Enumerable.Range(1, starts.Length - 1).Max(i => starts[i] - starts[i - 1]));
        int probabilities = attention.ProbabilityCount(starts);
        Dropout mask = default;
        GradientCheck.Operation(
            [(rows, width), (rows, width), (rows, width), (count, width), (count, width)],
            [],
            (tape, x, _) =>
            {
                Variable output = tape.Attend(attention, new AttentionInputs(x[0], x[1], x[2], x[3], x[4]), first, starts, rate);
                mask = FirstMask(tape, rate);
                return output;
            },
            (x, _) => Reference.Attend(
                x, width, heads, starts, relative => buckets.Row(relative) - first, Masks(mask, starts, heads, probabilities)),
            seed);
    }

    // The mask that the tape gave to its first operation: the passes here have the seed 7.
    private static Dropout FirstMask(Tape tape, float rate)
    {
        using var again = new Tape(tape.Context);
        again.Begin(training: true, seed: 7);
        return again.Drop(rate);
    }

    private static double[] Masks(Dropout dropout, int[] starts, int heads, int count)
    {
        float[] factors = new float[count];
        Array.Fill(factors, 1);
        int place = 0;
        int row = 0;
        for (int s = 0; s < starts.Length - 1; s++)
        {
            int length = starts[s + 1] - starts[s];
            for (int i = 0; i < heads * length; i++, row++, place += length)
            {
                dropout.Apply(factors.AsSpan(place, length), row);
            }
        }

        return [.. factors.Select(static factor => (double)factor)];
    }
}
