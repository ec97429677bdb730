using Picket.Data;
using Picket.Testing;

namespace Picket.Tests.Data;

/// <summary>The benchmarks' own files, against rows of them that were prepared without this code.</summary>
public sealed class BenchmarkFilesTests
{
    [Theory]
    [InlineData("openai-moderation/samples-dev-half.jsonl.gz", "openai-moderation", "dev-eval/openai-moderation", 793)]
    [InlineData("harmbench/text_behaviors_val_set.json", "harmbench-val", "dev-eval/harmbench-val-response", 274)]
    [InlineData("harmbench/harmbench_behaviors_text_all.csv", "harmbench-behaviors", "dev-eval/harmbench-behaviors", 182)]
    [InlineData("wildguardmix/wildguardtest.csv", "wildguardtest-response", "dev-eval/wildguardtest-response", 810)]
    [InlineData("wildguardmix/wildguardtest.csv", "wildguardtest-prompt", "dev-eval/wildguardtest-prompt", 819)]
    [InlineData("xstest/xstest_prompts.csv", "xstest", "dev-eval/xstest", 232)]
    [InlineData("xstest/xstest_v2_prompts.csv", "xstest-v2", "dev-eval/xstest", 232)]
    [InlineData("simplesafetytests/SimpleSafetyTests - test cases.csv", "simplesafetytests", "dev-eval/simplesafetytests", 49)]
    [InlineData("aart/aart-v1-20231117.csv", "aart", "dev/train", 2485)]
    [InlineData("advbench/harmful_behaviors.csv", "advbench", "dev/train", 479)]
    [InlineData("ailuminate/airr_official_1.0_demo_en_us_prompt_set_release.csv", "ailuminate", "dev/train", 609)]
    [InlineData("surge-toxicity/toxicity_en.csv", "surge-toxicity", "dev-eval/surge-toxicity", 522)]
    [InlineData("diasafety/val.json", "diasafety", "dev-eval/diasafety-val-response", 1032)]
    [InlineData("convabuse/ConvAbuseEMNLPvalid.csv", "convabuse", "dev-eval/convabuse-valid", 464)]
    public async Task ReadAsync_BenchmarkFile_AgreesWithPreparedRows(string raw, string format, string prepared, int shared)
    {
        var labels = new Dictionary<(string, string?), bool?>();
        await foreach (Example row in ReadAsync($"{prepared}.jsonl.gz", null))
        {
            labels[(row.Prompt.Trim(), row.Response?.Trim())] = row.Unsafe;
        }

        int agree = 0;
        int disagree = 0;
        await foreach (Example row in ReadAsync($"raw-format/{raw}", format))
        {
            if (row.Unsafe is not null && labels.TryGetValue((Clean(row.Prompt), row.Response is { } text ? Clean(text) : null), out bool? label))
            {
                _ = label == row.Unsafe ? agree++ : disagree++;
            }
        }

        Assert.Equal((shared, 0), (agree, disagree));
    }

    [Theory]
    [InlineData("advbench/harmful_behaviors.csv", "advbench", 479)]
    [InlineData("ailuminate/airr_official_1.0_demo_en_us_prompt_set_release.csv", "ailuminate", 609)]
    [InlineData("strongreject/strongreject_dataset.sample.csv", "strongreject", 6)]
    [InlineData("hatecheck/test_suite_cases.sample.csv", "hatecheck", 6)]
    [InlineData("jailbreakbench/harmful-behaviors.reconstructed-sample.csv", "jailbreakbench", 3)]
    [InlineData("jailbreakbench/artifact-sample.json", "jailbreakbench-artifact", 1)]
    [InlineData("wildguardmix/wildguardtest.csv", "wildguardtest-response", 819)]
    [InlineData("harmbench/text_behaviors_val_set.json", "harmbench-val", 296)]
    public async Task ReadAsync_BenchmarkFile_IsRecognisedAndWhole(string raw, string format, int count)
    {
        List<Example> rows = await ReadAsync($"raw-format/{raw}", null).ToListAsync(TestContext.Current.CancellationToken);

        Assert.All(rows, row => Assert.Equal(format, row.Source));
        Assert.Equal(count, rows.Select(row => row.Id).Distinct().Count());
    }

    private static IAsyncEnumerable<Example> ReadAsync(string file, string? format) =>
        ExampleReader.ReadAsync(SharedFolder.Require($"data/{file}"), format, TestContext.Current.CancellationToken);

    private static string Clean(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').Trim();
}
