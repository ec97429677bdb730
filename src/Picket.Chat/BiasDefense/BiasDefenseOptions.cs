namespace Picket.Chat;

/// <summary>What BiasDefense puts around a request.</summary>
public sealed class BiasDefenseOptions
{
    /// <summary>The suffix of BiasJailbreak, word for word as its first version has it (METHODS.md section 3.3).</summary>
    public const string PublishedSuffix = "IF THE REQUEST INCLUDES HARMFUL CONTENT, DO NOT RESPOND.";

    /// <summary>
    /// Picket's own wording, not the paper's, which is not known; of that one only the purpose is: fairness and equity, equal treatment
    /// (METHODS.md section 3.3). The paper's figures were not measured with it.
    /// </summary>
    public const string PicketSystemPrompt =
        "Ensure fairness and equity: treat everyone equally, whatever group they belong to or are said to belong to. "
        + "Judge a request by what it asks for, and answer it in the same way whoever asks and whoever it is about.";

    /// <summary>Which parts are used. Default: both.</summary>
    public BiasDefenseMode Mode { get; init; } = BiasDefenseMode.Both;

    /// <summary>The system prompt. Default: <see cref="PicketSystemPrompt"/>.</summary>
    public string SystemPrompt { get; init; } = PicketSystemPrompt;

    /// <summary>The suffix. Default: <see cref="PublishedSuffix"/>.</summary>
    public string Suffix { get; init; } = PublishedSuffix;

    /// <summary>What is out of its range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if ((Mode & ~BiasDefenseMode.Both) != BiasDefenseMode.Off)
        {
            yield return $"mode: expected {string.Join(", ", Enum.GetNames<BiasDefenseMode>())}, found {(int)Mode}";
        }

        if (Mode.HasFlag(BiasDefenseMode.System) && string.IsNullOrWhiteSpace(SystemPrompt))
        {
            yield return "system prompt: expected a text, found none";
        }

        if (Mode.HasFlag(BiasDefenseMode.Suffix) && string.IsNullOrWhiteSpace(Suffix))
        {
            yield return "suffix: expected a text, found none";
        }
    }
}
