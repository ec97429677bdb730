using System.Text.Json;
using Picket.Chat;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

public sealed class AugmenterReportTests : IDisposable
{
    private readonly AugmentFolder _folder = new();

    [Fact]
    public async Task Report_Counts_AddUpOverModels()
    {
        AugmentationReport report = await _folder.AugmentAsync();

        GeneratorUse[] uses = [.. report.Generators];
        Assert.Equal([60, report.Counts.Kept, report.Counts.Kept], uses.Select(static use => use.Answers));
        Assert.Equal((6000, 600, 0, 0.0072m), (uses[0].PromptTokens, uses[0].AnswerTokens, uses[0].Uncounted, uses[0].Cost));
        Assert.Equal((report.Counts.Refused, 0, report.Counts.Kept), (uses[0].Refusals, uses[2].Refusals, uses[2].Uncounted));
        Assert.Equal(1, uses[1].RefusalRate);
        Assert.Equal((double)report.Counts.Refused / (60 - report.Counts.Empty), report.Counts.RefusalRate!.Value, 1e-9);
        Assert.Equal(report.Counts.Kept, report.Diversity.Texts);
    }

    [Fact]
    public async Task Report_Json_HoldsFiguresAndNoText()
    {
        AugmentationReport report = await _folder.AugmentAsync();

        string json = report.ToJson();
        using var document = JsonDocument.Parse(json);
        Assert.Equal(60, document.RootElement.GetProperty("asked").GetInt32());
        Assert.Equal("harmaug", document.RootElement.GetProperty("strategy").GetString());
        Assert.True(document.RootElement.GetProperty("diversity").GetProperty("distinct2").GetDouble() > 0);
        Assert.DoesNotContain("umbrella", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_RefusedResponses_AreRowsAndCounted()
    {
        _folder.Complier = new FakeWriter("complier", FakeWriter.Refuse);

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal(report.Counts.Kept, report.Rows["complying"]);
        Assert.Equal(1, report.Generators[2].RefusalRate);
    }

    [Fact]
    public async Task Report_EmptyAndFilteredResponses_AreNoRows()
    {
        _folder.Refuser = new FakeWriter("refuser", static _ => new Generation("", GenerationFinish.Empty));
        _folder.Complier = new FakeWriter("complier", static _ => new Generation("", GenerationFinish.Filtered));

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal(["empty", "seed"], report.Rows.Keys);
        Assert.Equal(report.Counts.Kept, report.Generators[1].Finishes["empty"]);
        Assert.Equal(report.Counts.Kept, report.Generators[2].Finishes["filtered"]);
    }

    public void Dispose() => _folder.Dispose();
}
