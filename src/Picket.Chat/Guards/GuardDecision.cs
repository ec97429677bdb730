using System.Text;

namespace Picket.Chat;

/// <summary>Reads a generative guard's decision off its answer.</summary>
internal static class GuardDecision
{
    private const int ShortestBeginning = 2;

    // A space in SentencePiece's vocabularies; a space and a line feed in GPT-2's and its heirs'.
    private const string SpaceSigns = "\u2581\u0120\u010A";

    /// <summary>
    /// The unsafe probability at the decision token; <see langword="null"/> without logprobs, or where none of the words is likely there.
    /// </summary>
    public static double? OfTokens(IReadOnlyList<TokenChoice> tokens, string marker, DecisionWords words, ChatGuardOptions options)
    {
        if (Decision(tokens, marker) is not { } decision)
        {
            return null;
        }

        double safe = double.NegativeInfinity, @unsafe = double.NegativeInfinity;
        foreach ((string token, double logProbability) in decision.Likeliest)
        {
            switch (Side(token, words, options))
            {
                case true:
                    @unsafe = LogSum(@unsafe, logProbability);
                    break;
                case false:
                    safe = LogSum(safe, logProbability);
                    break;
            }
        }

        return double.IsNegativeInfinity(safe) && double.IsNegativeInfinity(@unsafe) ? null
            : options.Probability == GuardProbability.FullVocabulary ? Math.Min(1, Math.Exp(@unsafe))
            : 1 / (1 + Math.Exp(safe - @unsafe));
    }

    /// <summary>Which side the answer's word is on; <see langword="null"/> where it is none of the words.</summary>
    public static bool? OfText(string text, string marker, DecisionWords words, ChatGuardOptions options)
    {
        int at = text.IndexOf(marker, StringComparison.Ordinal);
        string rest = at < 0 ? "" : text[(at + marker.Length)..].TrimStart();
        string word = string.Concat(rest.TakeWhile(char.IsLetter));
        return Is(word, words.Unsafe) ? true
            : Is(word, words.Safe) ? false
            : words.Between is not null && Is(word, words.Between) ? options.ControversialIsUnsafe
            : null;
    }

    private static bool Is(string word, string expected) => word.Equals(expected, StringComparison.OrdinalIgnoreCase);

    // Servers disagree on the white space of tokens: some leave it out, some write the vocabulary's own signs for it.
    private static TokenChoice? Decision(IReadOnlyList<TokenChoice> tokens, string marker)
    {
        string dense = Dense(marker);
        var before = new StringBuilder();
        foreach (TokenChoice token in tokens)
        {
            string text = Dense(token.Token);
            if (text.Length > 0 && before.ToString().Contains(dense, StringComparison.Ordinal))
            {
                return token;
            }

            before.Append(text);
        }

        return null;
    }

    private static string Dense(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c) && !SpaceSigns.Contains(c)));

    private static bool? Side(string token, DecisionWords words, ChatGuardOptions options)
    {
        (string Word, bool IsUnsafe)[] all = words.Between is null
            ? [(words.Safe, false), (words.Unsafe, true)]
            : [(words.Safe, false), (words.Unsafe, true), (words.Between, options.ControversialIsUnsafe)];
        (string Word, bool IsUnsafe)[] matches = [.. all.Where(one => Matches(token, one.Word, words.Match))];
        return matches is [var only] ? only.IsUnsafe : null;
    }

    private static bool Matches(string token, string word, TokenMatch match) => match switch
    {
        TokenMatch.AnyForm => Is(Dense(token), word),
        TokenMatch.Beginning => Dense(token) is { Length: >= ShortestBeginning } start && word.StartsWith(start, StringComparison.Ordinal),
        _ => token == word,
    };

    private static double LogSum(double a, double b) =>
        double.IsNegativeInfinity(a) ? b : Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
}
