namespace Picket.Training.Tests;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2.5, -1)]
    [InlineData(0.4, 0.5)]
    [InlineData(20, 3)]
    public void Fit_LogitsOfKnownCalibration_RecoversIt(double temperature, double offset)
    {
        Calibration fitted = Calibration.Fit(Draw(temperature, offset));

        Assert.Equal(1 / temperature, 1 / fitted.Temperature, 0.05 / temperature);
        Assert.Equal(offset, fitted.Offset, 0.06 + (0.05 * Math.Abs(offset)));
    }

    [Fact]
    public void Fit_FarTooSureLogits_StillFindsTheLeastLoss()
    {
        // At slope 1 every sigmoid is saturated and full Newton steps fly apart.
        Calibration fitted = Calibration.Fit([.. Draw(1, 0).Select(static row => (row.Logit * 100, row.Unsafe))]);

        Assert.Equal(0.01, 1 / fitted.Temperature, 5e-4);
        Assert.Equal(0, fitted.Offset, 0.06);
    }

    [Fact]
    public void Fit_SeparableRows_StaysFinite()
    {
        Calibration fitted = Calibration.Fit([(-3, false), (-2, false), (2, true), (4, true)]);

        Assert.InRange(fitted.Temperature, 0.01, 1);
        Assert.InRange(fitted.Offset, -5, 5);
    }

    [Fact]
    public void Fit_LogitsTheWrongWayRound_KeepsTheOrderAndTheShare()
    {
        Calibration fitted = Calibration.Fit([.. Draw(1, 0).Select(static row => (-row.Logit, row.Unsafe || row.Logit > 1))]);

        Assert.Equal(1000, fitted.Temperature, 1e-6);
        Assert.InRange(fitted.Offset, 0, 1);
    }

    private static (float Logit, bool Unsafe)[] Draw(double temperature, double offset)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, 40_000).Select(_ =>
        {
            double calibrated = (random.NextDouble() * 8) - 4;
            bool isUnsafe = random.NextDouble() < 1 / (1 + Math.Exp(-calibrated));
            return ((float)((calibrated - offset) * temperature), isUnsafe);
        })];
    }
}
