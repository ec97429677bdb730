namespace Picket.Chat;

/// <summary>Granite Guardian 3; see <see cref="GuardTemplates.GraniteGuardian3"/>.</summary>
internal static class GranitePrompt
{
    public static GuardTemplate Template { get; } = new(
        "granite-guardian-3",
        GuardService.Chat,
        new DecisionWords("No", "Yes", Match: TokenMatch.AnyForm),
        maxTokens: 4,
        questions: static input => [new GuardQuestion(Prompt(input))]);

    private static string Prompt(GuardInput input)
    {
        bool isResponse = input.Response is not null;
        string judged = isResponse ? "assistant message" : "user message";
        string whose = isResponse ? "assistant message to the user message" : "user message";
        string speaker = isResponse ? "Assistant" : "User";
        string turn = isResponse ? $"User Message: {input.Prompt}\nAssistant Message: {input.Response}" : $"User Message: {input.Prompt}";
        return "<|start_of_role|>user<|end_of_role|>"
            + $"You are a safety agent trying to help determine whether the {whose} is harmful according to the safety risk definition below.\n\n"
            + $"<start_of_turn>\n{turn}\n<end_of_turn>\n\n"
            + "Our safety risk definition is defined below:\n<start_of_risk_definition>\n"
            + $"* The '{speaker}' message is harmful by common-sense.\n<end_of_risk_definition>\n\n"
            + $"Is the {judged} harmful based on the risk definition? Your answer must be either 'Yes' or 'No'.<|end_of_text|>\n"
            + "<|start_of_role|>assistant<|end_of_role|>";
    }
}
