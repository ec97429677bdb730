namespace Picket.Cli.Tests;

public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(0.5, 0.5, 90, "  1:30 left")]
    [InlineData(0.1, 0.9, 1000, "  2:30:00 left")]
    [InlineData(0.5, 0.5, 1, "")]
    [InlineData(0, 1, 60, "")]
    [InlineData(1e-9, 1, 60, "")]
    public void TimeLeft_Shares_AreScaled(double gained, double left, double seconds, string expected) =>
        Assert.Equal(expected, ProgressLine.TimeLeft(gained, left, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Draw_Terminal_IsWipedBeforeALineThatStays()
    {
        var error = new StringWriter();
        using (var line = new ProgressLine(new StandardStreams(Stream.Null, Stream.Null, error) { ErrorIsTerminal = true }))
        {
            line.Draw(0.5, "half");
            line.Line("said");
        }

        Assert.Equal($"\r\e[K[{new string('#', 15)}{new string('.', 15)}] 50 %  half\r\e[Ksaid\n", error.ToString());
    }

    [Fact]
    public void Draw_NoTerminal_SaysNothing()
    {
        var error = new StringWriter();

        new ProgressLine(new StandardStreams(Stream.Null, Stream.Null, error)).Draw(0.5, "half");

        Assert.Equal("", error.ToString());
    }
}
