using Picket.Models;
using Picket.Training.Augmentation;

namespace Picket.Ablation;

/// <summary>What the ablation is run with.</summary>
internal sealed record AblationSettings
{
    /// <summary>The shared folder.</summary>
    public string Shared { get; init; } = "../shared";

    /// <summary>Holds everything that is made; git ignores it.</summary>
    public string Work { get; init; } = "artifacts/ablation";

    /// <summary>The teacher's bundle. Default: the best guard that comes with Picket.</summary>
    public string Teacher { get; init; } = EmbeddedGuards.Folder(EmbeddedGuards.Names[^1]);

    /// <summary>The DeBERTa student's start, a folder of Hugging Face's; <see langword="null"/> leaves this student out.</summary>
    public string? Student { get; init; }

    /// <summary>Seed rows, chosen by a hash of their id.</summary>
    public int SeedRows { get; init; } = 2000;

    /// <summary>Rows that either augmentation adds; fewer where one of them makes fewer.</summary>
    public int Added { get; init; } = 2000;

    /// <summary>A training and an augmentation of its own for each; the defaults are those of HarmAug's code (METHODS.md 1.6).</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [42, 123, 456];

    /// <summary>Pieces of the language model's longest n-gram.</summary>
    public int Order { get; init; } = 4;

    /// <summary>How the language model samples.</summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>Share of the prompts that are asked for as harmless ones; 0 is the paper's.</summary>
    public double BenignShare { get; init; } = 0.5;

    /// <summary>
    /// The language model's port; an augmentation that was killed goes on at the same one. The default is none of those that systems hand out
    /// to clients, from 32768 on.
    /// </summary>
    public int Port { get; init; } = 18_110;

    /// <summary>A WordNet database's folder.</summary>
    public string WordNet { get; init; } = Picket.Training.Augmentation.WordNet.DefaultFolder;

    /// <summary>Passes of the n-gram student over the rows of the largest arm; the others make more passes and as many updates.</summary>
    public int Epochs { get; init; } = 6;

    /// <summary>Updates of the DeBERTa student in every arm.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Rows an update of the DeBERTa student.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The DeBERTa student's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>The DeBERTa student's longest input.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Threads of the trainings, 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Whether trained students stay in the work folder.</summary>
    public bool KeepStudents { get; init; }

    /// <summary>Where rows come from.</summary>
    public string Data => Path.Combine(Shared, "data", "dev", "train.jsonl.gz");

    /// <summary>What is measured on, in the tables' order: the five sets of docs/default-guard.md.</summary>
    public IReadOnlyList<string> EvaluationFiles =>
        [.. EvaluationSets.Names.Select(name => Path.Combine(Shared, "data", "dev-eval", name + ".jsonl.gz"))];

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        (bool Holds, string Fault)[] rules =
        [
            (SeedRows is >= 50 and <= 1_000_000, $"--seed-rows: expected 50 to 1000000, found {SeedRows}"),
            (Added is >= 1 and <= 1_000_000, $"--added: expected 1 to 1000000, found {Added}"),
            (Seeds.Count > 0 && Seeds.Distinct().Count() == Seeds.Count, "--seeds: expected different ones, found none or one twice"),
            (Order is >= 1 and <= 10, $"--order: expected 1 to 10, found {Order}"),
            (Temperature is > 0 and <= 2, $"--temperature: expected above 0 to 2, found {Temperature}"),
            (BenignShare is >= 0 and <= 1, $"--benign-share: expected 0 to 1, found {BenignShare}"),
            (Port is >= 1 and <= 65_535, $"--port: expected 1 to 65535, found {Port}"),
            (Epochs is >= 1 and <= 100, $"--epochs: expected 1 to 100, found {Epochs}"),
            (Steps is >= 1 and <= 1_000_000, $"--steps: expected 1 to 1000000, found {Steps}"),
            (BatchSize is >= 1 and <= 4096, $"--batch-size: expected 1 to 4096, found {BatchSize}"),
            (LearningRate is > 0 and <= 1, $"--lr: expected above 0 to 1, found {LearningRate}"),
            (MaxTokens is >= 8 and <= 65_536, $"--max-tokens: expected 8 to 65536, found {MaxTokens}"),
            (Threads is >= 0 and <= 1024, $"--threads: expected 0 to 1024, found {Threads}"),
        ];
        return [.. rules.Where(static rule => !rule.Holds).Select(static rule => rule.Fault)];
    }

    /// <summary>How either augmentation is done for a seed; what both share is the same.</summary>
    public AugmentationOptions Augmentation(Arm arm, int seed) => new()
    {
        Strategy = arm == Arm.Eda ? AugmentationStrategy.Eda : AugmentationStrategy.HarmAug,
        Seed = seed,
        SeedRows = false,

        // More than are needed, for the filters drop some.
        Count = Added * 2,
        BenignShare = BenignShare,
        Instructions = new SamplingOptions { Temperature = Temperature, MaxTokens = 128 },
        Eda = new EdaOptions { Copies = Math.Clamp((2 * Added) / SeedRows, 1, 64) },
        EvaluationFiles = EvaluationFiles,
        ProbesPrefix = false,
    };
}
