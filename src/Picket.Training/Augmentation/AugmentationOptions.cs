namespace Picket.Training.Augmentation;

/// <summary>How an <see cref="Augmenter"/> makes rows.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Where new rows come from. Default: language models.</summary>
    public AugmentationStrategy Strategy { get; init; } = AugmentationStrategy.HarmAug;

    /// <summary>How the generator is asked. Default: with the prefix, the paper's method.</summary>
    public PromptVariant Variant { get; init; } = PromptVariant.PrefixAttack;

    /// <summary>
    /// Instructions to ask for, 1 to 10,000,000; what is dropped of them is not asked for again. Default: 1,000. The paper asked for 100,000.
    /// </summary>
    public int Count { get; init; } = 1000;

    /// <summary>Exemplars in a prompt, 1 to 20. Default: 3.</summary>
    public int Exemplars { get; init; } = 3;

    /// <summary>Characters of the longest seed prompt that is an exemplar, 10 to 1,000,000: all of it is sent. Default: 1,000.</summary>
    public int LongestExemplar { get; init; } = 1000;

    /// <summary>Chooses exemplars, words and what is sent as seed. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Share of the instructions that are asked for as harmless ones, by the same prompt and with exemplars of the safe seed rows, 0 to 1,
    /// evenly spread. Ours, not the paper's. Default: 0. Harmful rows alone raise over-refusal (METHODS.md 1.11).
    /// </summary>
    public double BenignShare { get; init; }

    /// <summary>
    /// The most of the output's rows that may count as unsafe, above 0 up to 1: an instruction that would lead above it is dropped before its
    /// responses are asked for. A seed row and its copies count by their label, a made row by what was asked for: an instruction asked for as
    /// harmful counts alone and with a complying response, never with a refusing one. Default: 1, no limit.
    /// </summary>
    public double MaxUnsafeShare { get; init; } = 1;

    /// <summary>Writes each instruction also without a response, the third row of the paper. Default: true.</summary>
    public bool EmptyResponses { get; init; } = true;

    /// <summary>Writes the seed rows, unchanged, before the new ones. Default: true.</summary>
    public bool SeedRows { get; init; } = true;

    /// <summary>How instructions are sampled. Default: temperature 1, 128 tokens.</summary>
    public SamplingOptions Instructions { get; init; } = new() { Temperature = 1, MaxTokens = 128 };

    /// <summary>How responses are sampled. Default: as the server does, 512 tokens.</summary>
    public SamplingOptions Responses { get; init; } = new();

    /// <summary>Sends a seed of its own with each request. Default: true; some servers refuse the field.</summary>
    public bool RequestSeeds { get; init; } = true;

    /// <summary>Requests under way at a time for each model, 1 to 1024. The result does not depend on it. Default: 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>
    /// Times that a request is made that fails while its server answers others, 1 to 20; each has its generator's own tries. Default: 2.
    /// </summary>
    public int Attempts { get; init; } = 2;

    /// <summary>
    /// Makes sure by <see cref="Picket.Chat.PrefixProbe"/> that the generator goes on with a prefix, before anything else is asked. Default: true;
    /// false for one that <see cref="Picket.Chat.RemoteGenerators.FindAsync"/> has just found. A rendered template needs no probe.
    /// </summary>
    public bool ProbesPrefix { get; init; } = true;

    /// <summary>The seed rows' format; <see langword="null"/> (the default) recognises it by content.</summary>
    public string? Format { get; init; }

    /// <summary>Files whose prompts no seed row and no new row may repeat. Default: none.</summary>
    public IReadOnlyList<string> EvaluationFiles { get; init; } = [];

    /// <summary>When a text counts as taken from an evaluation row.</summary>
    public DecontaminationOptions Decontamination { get; init; } = new();

    /// <summary>When a written instruction counts as a near duplicate of a seed row or an earlier one; copies are ones by design.</summary>
    public MinHashOptions NearDuplicates { get; init; } = new();

    /// <summary>
    /// How copies are made; <see cref="Seed"/> takes the place of its seed. Of its settings <see cref="AugmentationStrategy.IdentitySwap"/> takes
    /// the number of copies.
    /// </summary>
    public EdaOptions Eda { get; init; } = new();

    /// <summary>How the report measures variety.</summary>
    public DiversityOptions Diversity { get; init; } = new();

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() =>
    [
        .. SettingFault.Of(
            (Enum.IsDefined(Strategy), "strategy", "harm_aug, eda, swap, identity_swap or none", Strategy),
            (Count is >= 1 and <= 10_000_000, "count", "1 to 10000000", Count),
            (LongestExemplar is >= 10 and <= 1_000_000, "longest_exemplar", "10 to 1000000", LongestExemplar),
            (BenignShare is >= 0 and <= 1, "benign_share", "0 to 1", BenignShare),
            (MaxUnsafeShare is > 0 and <= 1, "max_unsafe_share", "above 0, at most 1", MaxUnsafeShare),
            (Concurrency is >= 1 and <= 1024, "concurrency", "1 to 1024", Concurrency),
            (Attempts is >= 1 and <= 20, "attempts", "1 to 20", Attempts)),
        .. Prompt(benign: false).Faults(),
        .. Instructions.Faults().Select(static fault => fault.Under("instructions")),
        .. Responses.Faults().Select(static fault => fault.Under("responses")),
        .. Decontamination.Faults().Select(static fault => fault.Under("decontamination")),
        .. NearDuplicates.Faults().Select(static fault => fault.Under("near_duplicates")),
        .. Eda.Faults().Select(static fault => fault.Under("eda")),
        .. Diversity.Faults().Select(static fault => fault.Under("diversity")),
    ];

    internal HarmAugPromptOptions Prompt(bool benign) => new() { Variant = Variant, Benign = benign, Exemplars = Exemplars, Seed = Seed };
}
