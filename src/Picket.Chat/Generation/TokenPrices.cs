namespace Picket.Chat;

/// <summary>What a service asks for its tokens.</summary>
public sealed class TokenPrices
{
    /// <summary>For a million tokens that are read, 0 or more, in any currency. Default: 0.</summary>
    public decimal PromptPerMillion { get; init; }

    /// <summary>For a million tokens that are written, 0 or more, in the same currency. Default: 0.</summary>
    public decimal AnswerPerMillion { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (PromptPerMillion < 0 || AnswerPerMillion < 0)
        {
            yield return $"token prices: expected 0 or more, found {PromptPerMillion} and {AnswerPerMillion}";
        }
    }

    /// <summary>What <paramref name="usage"/> costs.</summary>
    public decimal Of(TokenUsage usage) => ((usage.Prompt * PromptPerMillion) + (usage.Answer * AnswerPerMillion)) / 1_000_000m;
}
