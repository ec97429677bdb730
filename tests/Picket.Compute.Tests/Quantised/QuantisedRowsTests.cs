namespace Picket.Compute.Tests.Quantised;

public sealed class QuantisedRowsTests
{
    [Fact]
    public void Quantise_AnyShape_IsWithinAStep()
    {
        using var context = new ComputeContext();
        using var rows = new QuantisedRows();
        for (int count = 1; count <= 17; count++)
        {
            for (int columns = count; columns <= 70; columns += 11)
            {
                float[] values = TestData.Gaussian(new Random(columns), count * columns);
                using var buffer = new AlignedBuffer<float>(values.Length);

                rows.Quantise(context, TestData.Matrix(buffer, values, count, columns));

                for (int i = 0; i < values.Length; i++)
                {
                    (int row, int column) = Math.DivRem(i, columns);
                    float scale = rows.Scales[row];
                    Assert.InRange(rows[row, column], 0, QuantisedRows.Largest);
                    Assert.Equal(values[i], scale * (rows[row, column] - rows.Zeros[row]), scale * 1.001f);
                }
            }
        }
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(3f, 7f)]
    [InlineData(-7f, -3f)]
    [InlineData(-0.17f, 9f)]
    [InlineData(1e-40f, 1e-40f)]
    [InlineData(-1e30f, 1e30f)]
    public void Quantise_AnyRange_HoldsZeroAndTheEnds(float low, float high)
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => (i % 3) switch { 0 => low, 1 => high, _ => 0 })];
        using var context = new ComputeContext();
        using var rows = new QuantisedRows();
        using var buffer = new AlignedBuffer<float>(values.Length);

        rows.Quantise(context, TestData.Matrix(buffer, values, 1, values.Length));

        float step = Math.Max(rows.Scales[0], 1e-38f);
        Assert.All(values, (value, i) => Assert.Equal(value, rows.Scales[0] * (rows[0, i] - rows.Zeros[0]), step));
        Assert.Equal(rows.Zeros[0], rows[0, 2]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Quantise_NotFinite_GivesNaNThroughoutTheRowOnly(float value)
    {
        using var context = new ComputeContext();
        using var linear = new Int8Linear(context, Enumerable.Repeat((sbyte)3, 40).ToArray(), [1, 1], [0, 0]);
        using var scratch = new LinearScratch();
        using var buffer = new AlignedBuffer<float>(60);
        using var output = new AlignedBuffer<float>(6);
        foreach (int place in (int[])[20, 35, 39])
        {
            buffer.Span.Fill(1);
            buffer.Span[place] = value;

            linear.Apply(context, new Matrix<float>(buffer, 3, 20, 20), new Matrix<float>(output, 3, 2, 2), scratch);

            float[] expected = [60, 60, float.NaN, float.NaN, 60, 60];
            Assert.All(expected, (number, i) => Assert.Equal(number, output.Span[i], 1e-4f));
        }
    }
}
