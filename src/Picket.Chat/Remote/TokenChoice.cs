using System.Text.Json;

namespace Picket.Chat;

/// <summary>One token of an answer, and what the model might have written instead.</summary>
/// <param name="Token">Its text, white space and all.</param>
/// <param name="Likeliest">Texts and natural logarithms of their probabilities over the full vocabulary, the written token's among them.</param>
internal sealed record TokenChoice(string Token, IReadOnlyList<(string Token, double LogProbability)> Likeliest)
{
    /// <summary>
    /// The tokens in <c>logprobs</c>: the form of chat completions (<c>content</c>, which llama.cpp uses for both), or that of plain ones
    /// (<c>tokens</c>, <c>token_logprobs</c>, <c>top_logprobs</c>).
    /// </summary>
    public static IReadOnlyList<TokenChoice> Read(JsonElement logprobs) =>
        logprobs.Field("content") is { } content ? [.. content.EnumerateArray().Select(OfChat)]
        : logprobs.Field("tokens") is { } tokens ? OfCompletion(tokens, logprobs.Field("token_logprobs"), logprobs.Field("top_logprobs"))
        : [];

    private static TokenChoice OfChat(JsonElement token)
    {
        (string Text, double) written = Pair(token);
        JsonElement? top = token.Field("top_logprobs");
        return Of(written, top is null ? [] : [.. top.Value.EnumerateArray().Select(Pair)]);
    }

    private static (string Text, double LogProbability) Pair(JsonElement token) =>
        (token.GetProperty("token").GetString()!, token.GetProperty("logprob").GetDouble());

    private static List<TokenChoice> OfCompletion(JsonElement tokens, JsonElement? logprobs, JsonElement? tops)
    {
        var choices = new List<TokenChoice>();
        for (int i = 0; i < tokens.GetArrayLength(); i++)
        {
            JsonElement top = tops is { } all && i < all.GetArrayLength() ? all[i] : default;
            double logProbability = logprobs is { } known && i < known.GetArrayLength() && known[i].ValueKind == JsonValueKind.Number
                ? known[i].GetDouble()
                : double.NegativeInfinity;
            choices.Add(Of(
                (tokens[i].GetString()!, logProbability),
                top.ValueKind == JsonValueKind.Object ? [.. top.EnumerateObject().Select(one => (one.Name, one.Value.GetDouble()))] : []));
        }

        return choices;
    }

    private static TokenChoice Of((string Text, double LogProbability) written, List<(string Text, double LogProbability)> likeliest)
    {
        if (!likeliest.Exists(one => one.Text == written.Text))
        {
            likeliest.Add(written);
        }

        return new TokenChoice(written.Text, likeliest);
    }
}
