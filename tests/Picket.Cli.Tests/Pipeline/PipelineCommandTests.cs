using System.Text.Json;

namespace Picket.Cli.Tests.Pipeline;

public sealed class PipelineCommandTests : IAsyncDisposable
{
    private readonly PipelineFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pipeline_Recipe_GivesAGuardAndOneReport()
    {
        CliResult run = await _folder.RunAsync();

        Assert.True(run.Status == 0, run.Error);
        Assert.EndsWith($"Wrote {_folder.At("whole/report.json")}\nWrote {_folder.At("whole/report.html")}\n", run.Output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.At("whole/report.json"), Token));
        JsonElement root = report.RootElement;
        Assert.Equal(
            ["augment augment/rows.jsonl 1", "label label/rows.jsonl 1", "distil distil 1", "eval eval/eval.json 1"],
            root.GetProperty("stages").EnumerateArray().Select(static stage =>
                $"{stage.GetProperty("name").GetString()} {stage.GetProperty("result").GetString()} {stage.GetProperty("sittings").GetInt32()}"));
        Assert.Equal(12, root.GetProperty("augment").GetProperty("asked").GetInt32());
        Assert.Equal(104, root.GetProperty("label").GetProperty("overall").GetProperty("rows").GetInt32());
        Assert.Equal("mild", root.GetProperty("distil").GetProperty("name").GetString());
        Assert.Equal("mild", root.GetProperty("eval").GetProperty("results")[0].GetProperty("guard").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pipeline_Reports_HoldNoTextOfARow()
    {
        await _folder.RunAsync();

        string[] prompts = [.. (await File.ReadAllLinesAsync(_folder.At("whole/label/rows.jsonl"), Token)).Select(static line =>
            JsonDocument.Parse(line).RootElement.GetProperty("prompt").GetString()!)];
        foreach (string file in (string[])["report.json", "report.html", "pipeline.journal"])
        {
            string text = await File.ReadAllTextAsync(_folder.At($"whole/{file}"), Token);
            Assert.DoesNotContain(prompts, prompt => text.Contains(prompt, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Pipeline_Finished_DoesNothingAgain()
    {
        await _folder.RunAsync();
        string results = _folder.ResultsOf("whole");
        int requests = _folder.Server.Requests;

        CliResult again = await _folder.RunAsync();

        Assert.Equal((0, "augment: done\nlabel: done\ndistil: done\neval: done\n", requests), (again.Status, again.Error, _folder.Server.Requests));
        Assert.Equal(results, _folder.ResultsOf("whole"));
    }

    [Fact]
    public async Task Pipeline_ChangedSetting_DoesAnewFromThereAndKeepsWhatThereWas()
    {
        await _folder.RunAsync();
        int requests = _folder.Server.Requests;
        _folder.Recipe = _folder.Write("whole", epochs: 1);

        CliResult run = await _folder.RunAsync();

        Assert.Contains("augment: done\nlabel: done\ndistil: done anew, as these changed: training.epochs (2 before, 1 now); "
            + $"what there is goes to {_folder.At("whole/distil")}.before\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("eval: done anew, as these changed: the guard distil; ", run.Error, StringComparison.Ordinal);
        Assert.Equal(requests, _folder.Server.Requests);
        Assert.True(File.Exists(_folder.At("whole/distil.before/guard.json")));
    }

    [Fact]
    public async Task Pipeline_ChangedSeeds_AreDoneAnewEvenInTheMiddleOfAStage()
    {
        using var caller = new CancellationTokenSource();
        _folder.Server.OnRequest = request => _ = request == 9 ? caller.CancelAsync() : Task.CompletedTask;
        CliResult first = await _folder.RunAsync(caller.Token);
        _folder.Server.OnRequest = null;
        await File.AppendAllTextAsync(_folder.Seeds, """{"id":"new","prompt":"a mild one more","unsafe":0}""" + "\n", Token);

        CliResult second = await _folder.RunAsync();

        Assert.Equal((130, 0), (first.Status, second.Status));
        Assert.StartsWith(
            $"augment: done anew, as these changed: the content of {_folder.Seeds}; ", second.Error, StringComparison.Ordinal);
        Assert.Equal(105, (await File.ReadAllLinesAsync(_folder.At("whole/augment/rows.jsonl"), Token)).Length);
    }

    [Fact]
    public async Task Pipeline_DryRun_SaysWhatWouldBeDoneAndDoesNothing()
    {
        CliResult before = await _folder.RunAsync(null, "--dry-run");
        int requests = _folder.Server.Requests;
        bool made = Directory.Exists(_folder.At("whole"));
        await _folder.RunAsync();
        CliResult after = await _folder.RunAsync(null, "--dry-run");

        Assert.Equal("augment: to be done\nlabel: after augment\ndistil: after augment\neval: after augment\n", before.Output);
        Assert.Equal((0, false), (requests, made));
        Assert.Equal("augment: done\nlabel: done\ndistil: done\neval: done\n", after.Output);
    }

    [Fact]
    public async Task Pipeline_FolderOfSomebodyElse_IsLeftAlone()
    {
        Directory.CreateDirectory(_folder.At("whole/augment"));

        CliResult run = await _folder.RunAsync();

        Assert.Equal(2, run.Status);
        Assert.Contains("expected no such folder, as pipeline.journal beside it does not know it", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is no JSON or empty")]
    [InlineData("{\"journal\":\"other\"}", "another version")]
    [InlineData("{\"journal\":\"picket pipeline 1\",\"stages\":{\"augment\":null}}", "a stage without anything")]
    public async Task Pipeline_JournalThatIsNone_IsTold(string text, string why)
    {
        Directory.CreateDirectory(_folder.At("whole"));
        await File.WriteAllTextAsync(_folder.At("whole/pipeline.journal"), text, Token);

        CliResult run = await _folder.RunAsync();

        Assert.True(run.Error.Contains("expected the journal of an earlier run, found another file", StringComparison.Ordinal), why);
    }

    [Fact]
    public async Task Pipeline_InUse_IsRefused()
    {
        using var journal = PipelineJournal.Open(_folder.At("whole"));

        CliResult run = await _folder.RunAsync();

        Assert.Contains("whole: is in use by another run", run.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}
