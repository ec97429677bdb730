using System.Text.RegularExpressions;

namespace Picket.Training.RouterTraining;

/// <summary>What SafeRoute asks a model for to get a paraphrase, and how it reads the answer (SafeRoute, Fig. 10; METHODS 2.2).</summary>
public static partial class ParaphrasePrompt
{
    private const string None = "None";

    /// <summary>The user's turn.</summary>
    /// <param name="prompt">The prompt to paraphrase.</param>
    /// <param name="response">The response; <see langword="null"/> where there is none.</param>
    public static string Render(string prompt, string? response) =>
        "Paraphrase the following prompt and response respectively while preserving their original semantics. Adhere strictly to the following "
        + "format. First do not include original prompt and response. Second, start the paraphrased prompt with \"prompt:\". Third, start the "
        + "paraphrased response with \"response:\". Fourth, if response is given as None, just provide it as None.\n"
        + $"prompt: {prompt}\n\nresponse: {response ?? None}\n\n";

    /// <summary>Reads an answer: what stands behind <c>prompt:</c> and behind <c>response:</c>.</summary>
    /// <param name="answer">The model's text.</param>
    /// <param name="hasResponse">Whether a response was given: an answer that has one too many, or none, is no paraphrase.</param>
    /// <returns><see langword="null"/> where the answer has not that form.</returns>
    public static (string Prompt, string? Response)? Parse(string answer, bool hasResponse)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Match found = Form().Match(answer);
        string prompt = found.Groups["prompt"].Value.Trim();
        string response = found.Groups["response"].Value.Trim();
        bool none = response.TrimEnd('.') is None or "none" or "";
        return !found.Success || prompt.Length == 0 || none == hasResponse ? null : (prompt, hasResponse ? response : null);
    }

    // Without IgnoreCase a model that writes "Prompt:" would be dropped; the published expression is otherwise this one.
    [GeneratedRegex(
        @"prompt:\s*(?<prompt>.*?)\s*response:\s*(?<response>.*)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
