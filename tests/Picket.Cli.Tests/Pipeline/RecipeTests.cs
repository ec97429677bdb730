using Picket.Models;
using Picket.Testing;

namespace Picket.Cli.Tests.Pipeline;

public sealed class RecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_SampleOfThePaper_HasTheNumbersOfMethods()
    {
        string path = Path.Combine(SharedFolder.RepositoryRoot, "samples", "pipeline", "harmaug.yaml");
        var faults = new List<string>();

        Recipe recipe = RecipeReader.Read(path, Services(), faults);

        Assert.All(faults, static fault => Assert.Contains("no such file or folder", fault, StringComparison.Ordinal));
        Assert.Equal(["augment", "label", "distil", "eval"], recipe.Stages.Select(static stage => stage.Name));

        // METHODS.md sections 1.2 (generator, number), 1.3 (responses), 1.4 (threshold, soft label), 1.5 (lambda) and 1.6 (the table).
        Assert.Equal(
            ("100000", "google/gemma-1.1-2b-it", "meta-llama/Meta-Llama-3-8B-Instruct", "boyiwei/pure_bad_100-7b-full"),
            (recipe.Stages[0].Settings["count"], recipe.Stages[0].Settings["generator_model"],
                recipe.Stages[0].Settings["refuser_model"], recipe.Stages[0].Settings["complier_model"]));
        Assert.Contains("#llama-guard-3?", Assert.Single(recipe.Stages[1].Guards), StringComparison.Ordinal);
        Assert.Equal(
            ["lambda 0.5", "hard_teacher true", "keep_last true", "student.max_tokens 1024", "training.epochs 3", "training.batch_size 256",
                "training.learning_rate 3.0e-05", "training.warmup_steps 100", "training.weight_decay 0.1", "training.max_gradient_norm 1",
                "training.balanced true", "training.held_out_share 0.1", "training.seed 42"],
            ((string[])["lambda", "hard_teacher", "keep_last", "student.max_tokens", "training.epochs", "training.batch_size",
                "training.learning_rate", "training.warmup_steps", "training.weight_decay", "training.max_gradient_norm", "training.balanced",
                "training.held_out_share", "training.seed"]).Select(key => $"{key} {recipe.Stages[2].Settings[key]}"));
    }

    [Fact]
    public void Read_Faults_AreToldTogetherWithTheirLines()
    {
        IReadOnlyList<string> faults = Faults("""
            out: here
            agument:
              count: 3
            augment:
              input: absent.jsonl
              strategy: magic
              cuont: 3
              benign_share: 2
              count: [1, 2]
              no_seed_rows: perhaps
            label:
              input: other.jsonl
              guard: https://guard.test#lama-guard
            distil:
              lambda: 2
              training:
                lr: 1
            eval:
              guard: absent
            """);

        Assert.All(
            [
                "line 3, key \"agument.count\": is not known; did you mean augment?",
                "line 6, key \"augment.strategy\": expected one of harmaug, eda, swap, identity-swap, none, found magic",
                "line 7, key \"augment.cuont\": is not known; did you mean count?",
                "line 9, key \"augment.count\": expected one value, found a list",
                "line 10, key \"augment.no_seed_rows\": expected true or false, found perhaps",
                "key \"label.input\": expected none, as the stage before makes it, found one",
                "line 15, key \"distil.lambda\": expected 0 to 1, found 2",
                "line 17, key \"distil.training.lr\": is not known; did you mean training.learning_rate?",
                "key \"distil.student.from\": expected ",
                "key \"eval\": Option '--data' is required",
            ],
            expected => Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_WhatIsMissing_IsToldBeforeAnythingIsPaid()
    {
        IReadOnlyList<string> faults = Faults("""
            out: here
            augment:
              input: absent.jsonl
              generator: http://127.0.0.1:9
              benign_share: 2
            label:
              guard: https://guard.test#lama-guard
            eval:
              data: gone.jsonl
              guard: nobody
            """);

        Assert.All(
            [
                "line 5, key \"augment.benign_share\": expected 0 to 1, found 2",
                "line 3, key \"augment.input\": no such file or folder: absent.jsonl",
                "line 7, key \"label.guard\": guard template: expected llama-guard-3, ",
                "line 9, key \"eval.data\": no such file or folder: gone.jsonl",
                $"line 10, key \"eval.guard\": expected a guard ({string.Join(" or ", EmbeddedGuards.Names)}, a folder, an address), found none: nobody",
            ],
            expected => Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "key \"out\": expected a folder, found none")]
    [InlineData("out: here\n", "expected at least one of the sections augment, label, distil, eval, found none")]
    [InlineData("out: here\nlabel: yes\n", "line 2, key \"label\": expected a section, found one value")]
    [InlineData("out: here\nlabel:\n", "key \"label.input\": expected one file, found none")]
    [InlineData("out: here\ndistil:\n  student: {from: x}\n", "key \"distil.data\": expected at least one file")]
    [InlineData("out: here\neval:\n  data:\n    - [a]\n", "key \"eval.data\": expected a list of single values, found a list")]
    public void Read_OtherShapes_AreFaults(string text, string expected) =>
        Assert.Contains(Faults(text), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Read_StagesLeftOut_TakeTheirFilesFromTheRecipe()
    {
        string rows = _folder.Write("rows.jsonl", """{"prompt":"mild","unsafe":0}""" + "\n");
        var faults = new List<string>();

        Recipe recipe = RecipeReader.Read(
            _folder.Write(
                "r.yaml",
                $"out: {_folder.At("here")}\nlabel:\n  input: {rows}\n  guard: ngram\neval:\n  data: {rows}\n  guard: ngram\n"),
            Services(),
            faults);

        Assert.Empty(faults);
        Assert.Equal([rows], recipe.Stages[0].Files);
        Assert.Equal(["ngram"], recipe.Stages[1].Guards);
    }

    public void Dispose() => _folder.Dispose();

    private static PipelineServices Services() => new(
        new StandardStreams(Stream.Null, Stream.Null, TextWriter.Null), AugmentModelSource.FindAsync, GuardSource.LoadAsync,
        Picket.Training.Distillation.Distiller.RunAsync, TimeProvider.System);

    private List<string> Faults(string text)
    {
        var faults = new List<string>();
        RecipeReader.Read(_folder.Write("r.yaml", text), Services(), faults);
        return faults;
    }
}
