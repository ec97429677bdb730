using Picket.Data;
using Picket.Training.Labelling;

namespace Picket.Training.Tests.Labelling;

public sealed class DisagreementTests
{
    [Fact]
    public void Kappa_TextbookTable_IsCohens()
    {
        // Cohen's kappa of 20/5/10/15: agreement 0.7, chance 0.5.
        var labels = new Disagreement(60, 30, 20, 15, 5, 10);

        Assert.Equal((50, 15, 0.7), (labels.LabelledRows, labels.Disagreeing, labels.Agreement));
        Assert.Equal(0.4, labels.Kappa!.Value, 12);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, null)]
    [InlineData(9, 0, 0, 0, null)]
    [InlineData(0, 9, 0, 0, null)]
    [InlineData(5, 5, 0, 0, 1.0)]
    [InlineData(0, 0, 5, 5, -1.0)]
    [InlineData(0, 9, 1, 0, null)]
    [InlineData(9, 0, 0, 1, null)]
    public void Kappa_Extremes_AreDefinedWhereBothVary(int bothUnsafe, int bothSafe, int teacherOnly, int labelOnly, double? expected) =>
        Assert.Equal(expected, new Disagreement(10, 0, bothUnsafe, bothSafe, teacherOnly, labelOnly).Kappa);

    [Fact]
    public void Add_Rows_AreCountedOverallAndByGroup()
    {
        var tally = Tally((true, 0.9, "a"), (false, 0.9, "b"), (true, 0.1, "b"), (false, 0.1, "b"), (null, 0.9, "a"), (null, 0.5, null));

        Assert.Equal(new Disagreement(6, 4, 1, 1, 1, 1), tally.Overall);
        Assert.Equal(["b", "a"], tally.Categories.Groups.Select(group => group.Name));
        Assert.Equal(new Disagreement(3, 1, 0, 1, 1, 1), tally.Categories.Groups[0].Labels);
        Assert.Empty(tally.Sources.Groups);
        Assert.Equal(6, tally.Histogram.Sum(bin => bin.LabelledSafe + bin.LabelledUnsafe + bin.Unlabelled));
        Assert.Equal((1, 1, 1), (tally.Histogram[18].LabelledSafe, tally.Histogram[18].LabelledUnsafe, tally.Histogram[18].Unlabelled));
    }

    [Fact]
    public void Surprising_ManyRows_AreTheFurthestApartAndOfEqualsTheFirst()
    {
        var tally = Tally((false, 0.8, null), (true, 0.05, null), (false, 0.8, null), (true, 0.4, null), (false, 0.2, null), (false, 1.0, null));

        Assert.Equal([6, 2, 1], tally.Surprising.Select(row => row.Row));
        Assert.Equal("r2", tally.Surprising[1].Id);
    }

    [Theory]
    [InlineData("how do I bake bread")]
    [InlineData("")]
    [InlineData("x\ny")]
    public void Surprising_IdThatMayBeAText_IsNotShown(string id)
    {
        var tally = new DisagreementTally(0.5, 3);

        tally.Add(new Example { Id = id, Prompt = "p", Unsafe = false }, 0.9);
        tally.Add(new Example { Id = new string('x', 81), Prompt = "p", Unsafe = false }, 0.9);

        Assert.All(tally.Surprising, row => Assert.Null(row.Id));
    }

    [Fact]
    public void Categories_MoreThanAreListed_AreCounted()
    {
        var tally = Tally([.. Enumerable.Range(0, 60).Select(i => ((bool?)true, 0.9, (string?)$"c{i}"))]);

        Assert.Equal((50, 10), (tally.Categories.Groups.Count, tally.Categories.GroupsLeftOut));
    }

    [Fact]
    public async Task Serialize_Report_HasFiguresAndNoText()
    {
        using var folder = new LabelFolder { Options = new LabellerOptions { Threshold = 0.3, SurprisingRows = 2 } };

        string json = DisagreementJson.Serialize(await folder.LabelAsync());

        Assert.All(
            [
                "\"schema\": 1", "\"kappa\": ", "\"teacher_unsafe_label_safe\": ", "\"input\": \"in.jsonl\"", "\"labelled_unsafe\": true",
                "\"id\": \"r1\"",
            ],
            part => Assert.Contains(part, json, StringComparison.Ordinal));
        Assert.DoesNotContain("prompt", json, StringComparison.Ordinal);
    }

    private static DisagreementTally Tally(params (bool? Label, double Probability, string? Category)[] rows)
    {
        var tally = new DisagreementTally(0.5, 3);
        foreach ((bool? label, double probability, string? category) in rows)
        {
            tally.Add(new Example { Id = $"r{tally.Rows + 1}", Prompt = "p", Unsafe = label, Category = category }, probability);
        }

        return tally;
    }
}
