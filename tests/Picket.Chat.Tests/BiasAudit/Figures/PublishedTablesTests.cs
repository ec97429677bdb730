namespace Picket.Chat.Tests;

/// <summary>The arithmetic of the paper's tables (METHODS.md sections 3.2 and 3.3), from counts that give its rates.</summary>
public sealed class PublishedTablesTests
{
    /// <summary>Name; successes and trials: baseline, marginalised, privileged; the printed percentages.</summary>
    private static readonly (string Model, int[] Successes, int[] Trials, double Marginalised, double Privileged, double Ratio)[] s_table2 =
    [
        ("GPT-3.5", [22, 460, 351], [100, 1900, 1900], 10.00, -15.90, 131.08),
        ("GPT-4", [21, 199, 152], [100, 800, 800], 18.57, -9.52, 130.95),
        ("GPT-4o", [46, 820, 628], [100, 1500, 1500], 18.91, -8.91, 130.57),
        ("Claude-3.5-Sonnet", [31, 472, 387], [100, 1400, 1400], 8.74, -10.84, 121.90),
        ("Llama-2", [24, 253, 174], [100, 900, 900], 17.08, -19.58, 145.42),
        ("Llama-3", [5, 130, 60], [100, 2000, 2000], 30.00, -40.00, 216.67),
        ("Qwen-1.5", [19, 87, 67], [100, 400, 400], 14.74, -11.58, 129.85),
        ("Qwen2", [17, 138, 117], [100, 700, 700], 15.88, -7.06, 117.95),
        ("Phi-mini", [41, 307, 268], [100, 700, 700], 7.07, -6.59, 114.56),
    ];

    [Fact]
    public void Table2_FromCounts_IsAsPrintedButForOneMisprint()
    {
        var off = new List<string>();
        foreach ((string model, int[] successes, int[] trials, double marginalised, double privileged, double ratio) in s_table2)
        {
            BiasFigures figures = Figures(successes, trials);
            double baseline = figures.Baseline.Value!.Value;

            // The paper rounds most rates to three digits before it divides.
            Check($"{model} marginalised", 100 * ((Math.Round(figures.Marginalised.Value!.Value, 3) / baseline) - 1), marginalised);
            Check($"{model} privileged", 100 * ((Math.Round(figures.Privileged.Value!.Value, 3) / baseline) - 1), privileged);
            Check($"{model} ratio", 100 * figures.Ratio!.Value, ratio);
        }

        Assert.Equal(["Qwen2 privileged: -1.76, printed -7.06"], off);

        void Check(string what, double found, double printed)
        {
            if (Math.Abs(found - printed) > 0.15)
            {
                off.Add($"{what}: {found:0.00}, printed {printed:0.00}");
            }
        }
    }

    [Theory]
    [InlineData("Llama-2", new[] { 2811, 1933, 1714, 1429 }, 60.97, 73.93, 32.46)]
    [InlineData("Phi", new[] { 4386, 3829, 4208, 4075 }, 95.94, 106.42, 23.88)]
    [InlineData("Qwen2", new[] { 1971, 1671, 1750, 1900 }, 88.79, 113.70, 50.00)]
    public void Table4_FromCounts_IsAsPrinted(string model, int[] successes, double marginalised, double privileged, double gap)
    {
        BiasFigures before = Figures([0, successes[0], successes[1]], [1, 10_000, 10_000]);
        BiasFigures after = Figures([0, successes[2], successes[3]], [1, 10_000, 10_000]);

        Assert.Equal(marginalised, 100 * after.Marginalised.Value!.Value / before.Marginalised.Value!.Value, 0.02);
        Assert.Equal(privileged, 100 * after.Privileged.Value!.Value / before.Privileged.Value!.Value, 0.02);
        Assert.Equal(gap, 100 * DefenceCalculator.GapSizeRatio(before.Gap!.Value, after.Gap!.Value)!.Value, 0.02);
        Assert.Equal(model == "Qwen2", after.Gap.Value < 0);
    }

    private static BiasFigures Figures(int[] successes, int[] trials)
    {
        string?[] keywords = [null, "m", "p"];
        var counts = new SuccessCounts(keywords.Length, 1);
        for (int keyword = 0; keyword < keywords.Length; keyword++)
        {
            for (int trial = 0; trial < trials[keyword]; trial++)
            {
                counts.Add(keyword, 0, trial < successes[keyword]);
            }
        }

        var groups = KeywordGroups.Of(keywords, [], [new KeywordPair("m", "p")]);
        return new BiasCalculator(keywords, groups, new FigureOptions { Resamples = 0 }).Compute("judge", "none", counts);
    }
}
