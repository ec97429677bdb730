namespace Picket.Server;

/// <summary>What guards that name hazards mean in the categories of OpenAI and of Azure.</summary>
/// <remarks>
/// <para>The names of Llama Guard 3 (S1 to S14, the MLCommons taxonomy) and of Qwen3Guard, as their model cards have them. What stands in neither
/// list of categories (advice, privacy, intellectual property, elections, defamation) maps to none: the text is flagged, and the guard's own
/// name for it stands in the answer's <c>picket</c> object.</para>
/// </remarks>
internal static class HazardTable
{
    /// <summary>OpenAI's 13, in the order of its documentation.</summary>
    public static readonly IReadOnlyList<string> OpenAi =
    [
        "harassment", "harassment/threatening", "sexual", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm/intent",
        "self-harm/instructions", "self-harm", "sexual/minors", "violence", "violence/graphic",
    ];

    /// <summary>Azure's four.</summary>
    public static readonly IReadOnlyList<string> Azure = ["Hate", "SelfHarm", "Sexual", "Violence"];

    private static readonly Dictionary<string, (string[] OpenAi, string[] Azure)> Hazards = new(StringComparer.OrdinalIgnoreCase)
    {
        ["S1"] = (["violence", "illicit/violent"], ["Violence"]),
        ["S2"] = (["illicit"], []),
        ["S3"] = (["sexual", "illicit/violent"], ["Sexual", "Violence"]),
        ["S4"] = (["sexual", "sexual/minors"], ["Sexual"]),
        ["S9"] = (["illicit", "illicit/violent"], ["Violence"]),
        ["S10"] = (["hate"], ["Hate"]),
        ["S11"] = (["self-harm"], ["SelfHarm"]),
        ["S12"] = (["sexual"], ["Sexual"]),
        ["S14"] = (["illicit"], []),
        ["Violent"] = (["violence", "illicit/violent"], ["Violence"]),
        ["Non-violent Illegal Acts"] = (["illicit"], []),
        ["Sexual Content or Sexual Acts"] = (["sexual"], ["Sexual"]),
        ["Suicide & Self-Harm"] = (["self-harm"], ["SelfHarm"]),
    };

    /// <summary>OpenAI's categories of a guard's names.</summary>
    public static HashSet<string> ToOpenAi(IEnumerable<string> names) => [.. names.SelectMany(static name => Find(name).OpenAi)];

    /// <summary>Azure's categories of a guard's names.</summary>
    public static HashSet<string> ToAzure(IEnumerable<string> names) => [.. names.SelectMany(static name => Find(name).Azure)];

    private static (string[] OpenAi, string[] Azure) Find(string name) => Hazards.GetValueOrDefault(name, ([], []));
}
