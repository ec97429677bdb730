using System.Text.Json;
using Picket.Data;
using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

public sealed class EvaluationReportTests
{
    private static readonly EvaluationOptions Options = new() { Resamples = 20, Seed = 4 };
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Create_TwoSets_AddsTheMacroMean()
    {
        EvaluationReport report = await ReportAsync("a", "b");

        MacroMean mean = Assert.Single(report.MacroMeans);
        Assert.Equal(("length", 2), (mean.Guard, mean.Datasets));
        Assert.Equal(report.Results.Average(result => result.Metrics.Auprc!.Value), mean.Metrics.Auprc!.Value);
    }

    [Fact]
    public async Task Create_OneSet_HasNoMacroMean()
    {
        EvaluationReport report = await ReportAsync("a");

        Assert.Empty(report.MacroMeans);
    }

    [Fact]
    public async Task Serialize_Report_ReadsBackTheSame()
    {
        EvaluationReport report = await ReportAsync("a", "b");

        string json = EvaluationJson.Serialize(report);

        Assert.Equal(json, EvaluationJson.Serialize(EvaluationJson.Deserialize(json)));
        Assert.Equal(report.Results[1].Metrics, EvaluationJson.Deserialize(json).Results[1].Metrics);
    }

    [Fact]
    public async Task Serialize_Report_HasTheDocumentedNames()
    {
        string json = EvaluationJson.Serialize(await ReportAsync("a"));

        using var parsed = JsonDocument.Parse(json);
        JsonElement result = parsed.RootElement.GetProperty("results")[0];
        Assert.Equal(0.25, result.GetProperty("threshold").GetDouble());
        Assert.True(result.GetProperty("metrics").GetProperty("recall_at_fpr1").TryGetProperty("low", out _));
        Assert.True(result.GetProperty("performance").GetProperty("latency").TryGetProperty("p95_ms", out _));
        Assert.True(result.GetProperty("precision_recall")[0].TryGetProperty("recall", out _));
    }

    [Fact]
    public async Task Serialize_Report_HoldsNoPrompt()
    {
        Assert.DoesNotContain("xxxx", EvaluationJson.Serialize(await ReportAsync("a")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{")]
    public void Deserialize_NotAReport_Throws(string json)
    {
        var fault = Assert.Throws<PicketException>(() => EvaluationJson.Deserialize(json));

        Assert.StartsWith("evaluation report", fault.Message);
    }

    private static async Task<EvaluationReport> ReportAsync(params string[] datasets)
    {
        Example[] rows = [.. Enumerable.Range(0, 40).Select(i => new Example { Id = $"{i}", Prompt = new string('x', i), Unsafe = i % 3 == 0 })];
        var results = new List<EvaluationResult>();
        foreach (string dataset in datasets)
        {
            results.Add(await new Evaluator(Options).EvaluateAsync(new LengthGuard(), dataset, rows[(5 * results.Count)..]));
        }

        return EvaluationReport.Create(results, Options, Noon);
    }
}
