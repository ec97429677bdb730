using System.Text.Json.Serialization;
using Picket.Models.Routing;

namespace Picket.Training.RouterTraining;

/// <summary>How a router is learned. The defaults are those of SafeRoute's published code (METHODS 2.2); <see cref="Paper"/> has the paper's.</summary>
public sealed record RouterTrainingOptions
{
    /// <summary>A kind that is learned, of <see cref="RouterKinds"/>.</summary>
    public string Kind { get; init; } = RouterKinds.Bayes;

    /// <summary>Width of both hidden layers, 0 to 4,096; 0 (the default) for <see cref="HiddenFor"/>. Logistic and prototype routers have none.</summary>
    public int Hidden { get; init; }

    /// <summary>Passes over the rows; 1 to 100,000.</summary>
    public int Epochs { get; init; } = 1000;

    /// <summary>Rows an update, drawn from both classes equally often with replacement; 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>The learning rate after warm-up; above 0 to 1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Updates over which the learning rate rises linearly from 0; then it falls linearly to 0.</summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Decoupled decay of every parameter, as AdamW of the code has it; 0 is the paper's Adam. 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>What the mean divergence of the posterior from the prior is multiplied with; 0 to 1,000.</summary>
    public double DivergenceWeight { get; init; } = 0.01;

    /// <summary>Standard deviation of the prior, and of the posterior before the first update; above 0 to 10.</summary>
    public double PriorDeviation { get; init; } = 0.1;

    /// <summary>Samples that the finished Bayesian router decides by; 0 (the default) decides at the posterior mean. 0 to 256.</summary>
    public int Samples { get; init; }

    /// <summary>Share of the rows that nothing is learned from, stratified by t: for the figures and the region's limit. Above 0 to 0.5.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Whether inputs are brought to mean 0 and deviation 1. The method has no such step; features of odd scales need it. Default: no.</summary>
    public bool Standardise { get; init; }

    /// <summary>
    /// Whether the router reads the small guard's logit and entropy beside the features (<see cref="RouterInputs"/>). The method has no such
    /// inputs; a guard without features needs them. Default: no.
    /// </summary>
    public bool UseScore { get; init; }

    /// <summary>
    /// Share of held-out rows that the region has to contain; what lies outside is escalated whatever the router says. Above 0.5 to below 1, or
    /// <see langword="null"/> for no region. Default 0.99.
    /// </summary>
    public double? RegionShare { get; init; } = 0.99;

    /// <summary>Ridge of logistic regression, in units of the mean loss; 0 to 1,000.</summary>
    public double Ridge { get; init; } = 1e-4;

    /// <summary>Seed of everything that is left to chance.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Threads; 0 to 1,024, 0 for one a core. The result does not depend on it.</summary>
    [JsonIgnore]
    public int Threads { get; init; }

    /// <summary>The method as the paper prints it: Adam without decay, one Monte-Carlo sample when deciding.</summary>
    public static RouterTrainingOptions Paper { get; } = new() { WeightDecay = 0, Samples = 1 };

    /// <summary>The hidden width for so many features: 512, as the method has it, from 1,024 on; narrower ones stay below five microseconds.</summary>
    public static int HiddenFor(int features) => features >= 1024 ? 512 : features >= 128 ? 128 : 64;

    /// <summary>Every value that is out of range, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (RouterKinds.IsLearned(Kind), "kind", "bayes, mlp, logistic, prototype or two-headed", Kind),
        (Hidden is >= 0 and <= RouterNetwork.MostHidden, "hidden", $"0 to {RouterNetwork.MostHidden}", Hidden),
        (Epochs is >= 1 and <= 100_000, "epochs", "1 to 100000", Epochs),
        (BatchSize is >= 1 and <= 65536, "batch_size", "1 to 65536", BatchSize),
        (LearningRate is > 0 and <= 1, "learning_rate", "above 0 to 1", LearningRate),
        (WarmupSteps >= 0, "warmup_steps", "0 or more", WarmupSteps),
        (WeightDecay is >= 0 and <= 1, "weight_decay", "0 to 1", WeightDecay),
        (DivergenceWeight is >= 0 and <= 1000, "divergence_weight", "0 to 1000", DivergenceWeight),
        (PriorDeviation is > 0 and <= 10, "prior_deviation", "above 0 to 10", PriorDeviation),
        (Samples is >= 0 and <= 256, "samples", "0 to 256", Samples),
        (HeldOutShare is > 0 and <= 0.5, "held_out_share", "above 0 to 0.5", HeldOutShare),
        (RegionShare is null or (> 0.5 and < 1), "region_share", "above 0.5 to below 1", RegionShare ?? 0),
        (Ridge is >= 0 and <= 1000, "ridge", "0 to 1000", Ridge),
        (Threads is >= 0 and <= 1024, "threads", "0 to 1024", Threads));

    /// <summary>Checks every value.</summary>
    /// <exception cref="PicketException">Names all faults together.</exception>
    public void Validate() => SettingFault.ThrowIfAny(Faults());
}

/// <summary>How far a training came.</summary>
/// <param name="Epoch">Epochs that are done.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Loss">Mean loss of the last one, without the divergence.</param>
public readonly record struct RouterProgress(int Epoch, int Epochs, double Loss);
