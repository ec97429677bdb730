namespace Picket.Training.Augmentation;

/// <summary>What one model did for an augmentation, earlier runs that this one went on with included.</summary>
public sealed record GeneratorUse
{
    /// <summary>What its answers are for: <c>instruction</c>, <c>refusing</c> or <c>complying</c>.</summary>
    public required string Part { get; init; }

    /// <summary>The model, or the server where no model is named.</summary>
    public required string Name { get; init; }

    /// <summary>The server's address.</summary>
    public required string Server { get; init; }

    /// <summary>Answers, those that failed for good included.</summary>
    public required int Answers { get; init; }

    /// <summary>Answers by how they ended: a <see cref="Picket.Chat.GenerationFinish"/> in snake_case, or <c>rejected</c>.</summary>
    public required IReadOnlyDictionary<string, int> Finishes { get; init; }

    /// <summary>Attempts that failed, by reason, whether or not a later one succeeded.</summary>
    public required IReadOnlyDictionary<string, int> FailedAttempts { get; init; }

    /// <summary>Texts that are refusals, by their phrases, or were declined in the protocol's own field.</summary>
    public required int Refusals { get; init; }

    /// <summary>Refusals an answer that has a text or was declined, in [0, 1]; <see langword="null"/> without any.</summary>
    public double? RefusalRate { get; init; }

    /// <summary>
    /// Tokens that were read, as the servers count them. Tries that came to nothing, probes and what was under way at a kill are known to nobody.
    /// </summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens that were written.</summary>
    public required long AnswerTokens { get; init; }

    /// <summary>Answers whose tokens no server counted, which tokens and cost lack.</summary>
    public required int Uncounted { get; init; }

    /// <summary>In the currency of the prices.</summary>
    public required decimal Cost { get; init; }
}
