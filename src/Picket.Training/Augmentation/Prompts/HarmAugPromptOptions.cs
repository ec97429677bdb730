namespace Picket.Training.Augmentation;

/// <summary>How a model is brought to write an instruction: the rows of HarmAug's table 4.</summary>
public enum PromptVariant
{
    /// <summary>The assistant's turn already begins with the prefix: the paper's method (96.81 % of the samples were no refusals).</summary>
    PrefixAttack,

    /// <summary>No prefix (13.02 %).</summary>
    WithoutPrefix,

    /// <summary>The user asks for an affirmative beginning, which is not written for the model (Wei et al. 2023; 10.42 %).</summary>
    PrefixInjection,
}

/// <summary>How <see cref="HarmAugPrompt"/> asks.</summary>
public sealed record HarmAugPromptOptions
{
    /// <summary>The variant. Default: the paper's method.</summary>
    public PromptVariant Variant { get; init; } = PromptVariant.PrefixAttack;

    /// <summary>
    /// Asks for a harmless instruction with the same machinery; the pool then holds harmless exemplars. Default: false. Harmful rows alone
    /// raise over-refusal (METHODS.md 1.11).
    /// </summary>
    public bool Benign { get; init; }

    /// <summary>Exemplars in a prompt, 1 to 20. Default: 3, as many as the paper's figure 1 draws; its text does not say.</summary>
    public int Exemplars { get; init; } = 3;

    /// <summary>Chooses the exemplars. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (Enum.IsDefined(Variant), "variant", "prefix_attack, without_prefix or prefix_injection", Variant),
        (Exemplars is >= 1 and <= 20, "exemplars", "1 to 20", Exemplars));
}
