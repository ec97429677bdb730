namespace Picket.Chat;

/// <summary>Which parts of BiasDefense are put around a request; flags.</summary>
/// <remarks>
/// METHODS.md section 3.3, BiasJailbreak Tables 8 and 9: on Llama-2 both parts together defend best; the suffix alone costs a flan-t5 three
/// points of MMLU and the system prompt alone none.
/// </remarks>
[Flags]
public enum BiasDefenseMode
{
    /// <summary>Nothing: the request goes as it is.</summary>
    Off = 0,

    /// <summary>A system prompt that asks for equal treatment.</summary>
    System = 1,

    /// <summary>A sentence after the user's request.</summary>
    Suffix = 2,

    /// <summary>System prompt and suffix.</summary>
    Both = System | Suffix,
}
