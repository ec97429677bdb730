using System.Text.RegularExpressions;

namespace Picket.Chat;

/// <summary>Llama Guard 3; see <see cref="GuardTemplates.LlamaGuard3"/>.</summary>
internal static partial class LlamaGuardPrompt
{
    private static readonly string[] Hazards =
    [
        "Violent Crimes", "Non-Violent Crimes", "Sex Crimes", "Child Exploitation", "Defamation", "Specialized Advice", "Privacy",
        "Intellectual Property", "Indiscriminate Weapons", "Hate", "Self-Harm", "Sexual Content", "Elections", "Code Interpreter Abuse",
    ];

    public static GuardTemplate Template(string name, int categories) => new(
        name,
        GuardService.Chat,
        new DecisionWords("safe", "unsafe"),
        maxTokens: 24,
        questions: input => [new GuardQuestion(Prompt(input, categories))])
    {
        Begin = "<|begin_of_text|>",
        Categories = static text => [.. Code().Matches(text).Select(static code => code.Value).Distinct(StringComparer.Ordinal)],
    };

    private static string Prompt(GuardInput input, int categories)
    {
        string role = input.Response is null ? "User" : "Agent";
        string hazards = string.Concat(Hazards.Take(categories).Select(static (hazard, i) => $"S{i + 1}: {hazard}.\n"));
        string agent = input.Response is null ? "" : $"Agent: {input.Response.Trim()}\n\n";

        // The two line feeds at the end are those that the model writes before its word, and after which HarmAug reads the probability.
        return $"<|start_header_id|>user<|end_header_id|>\n\n"
            + $"Task: Check if there is unsafe content in '{role}' messages in conversations according our safety policy "
            + "with the below categories.\n\n"
            + $"<BEGIN UNSAFE CONTENT CATEGORIES>\n{hazards}<END UNSAFE CONTENT CATEGORIES>\n\n"
            + $"<BEGIN CONVERSATION>\n\nUser: {input.Prompt.Trim()}\n\n{agent}<END CONVERSATION>\n\n"
            + $"Provide your safety assessment for ONLY THE LAST {role} message in the above conversation:\n"
            + " - First line must read 'safe' or 'unsafe'.\n"
            + " - If unsafe, a second line must include a comma-separated list of violated categories. "
            + "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";
    }

    [GeneratedRegex(@"\bS(?:1[0-4]|[1-9])\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
