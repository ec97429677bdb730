namespace Picket.Chat;

/// <summary>One call of a guarded client: what was found in it, and what stands in for what is blocked.</summary>
internal sealed class GuardedCall(GuardCascade cascade, GuardingOptions options, PromptParts prompt)
{
    private readonly GuardCheck _check = new(cascade, options);
    private readonly List<Func<PartVerdict>> _parts = [];

    /// <summary>How the client is guarded.</summary>
    public GuardingOptions Options => options;

    /// <summary>Contents that went through unscored.</summary>
    public int Unscored { get; set; } = prompt.Unscored;

    /// <summary>What was found so far.</summary>
    public ChatVerdict Verdict =>
        new([.. _parts.Select(static part => part()).Where(static part => part.Windows + part.Bypassed > 0 || part.Unsafe)], options.Shadow)
        {
            Unscored = Unscored,
        };

    /// <summary>Checks the prompt.</summary>
    /// <returns>Whether the call ends here.</returns>
    /// <exception cref="GuardBlockedException">It does, and an exception is wanted.</exception>
    public async ValueTask<bool> IsPromptBlockedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = await _check.CheckAsync([.. prompt.Inputs.Select(static one => one.Input)], cancellationToken);
        for (int i = 0; i < findings.Count; i++)
        {
            Tally(prompt.Inputs[i].Part, messageId: null).Add(findings[i]);
        }

        if (Verdict.Blocked)
        {
            ThrowIfWanted();
        }

        return Verdict.Blocked;
    }

    /// <summary>Checks texts of answers in one call.</summary>
    /// <returns>For each, whether it is blocked.</returns>
    public async ValueTask<bool[]> CheckAsync(IReadOnlyList<(PartText Text, string? MessageId)> texts, CancellationToken cancellationToken)
    {
        GuardInput[] inputs = [.. texts.Select(one => new GuardInput(prompt.LastTurn, one.Text.Text))];
        IReadOnlyList<Finding> findings = await _check.CheckAsync(inputs, cancellationToken);
        for (int i = 0; i < findings.Count; i++)
        {
            Tally(texts[i].Text.Part, texts[i].MessageId).Add(findings[i]);
        }

        return [.. findings.Select(finding => finding.Unsafe && !options.Shadow)];
    }

    /// <summary>Starts a text that comes in pieces.</summary>
    public StreamGuard Start(GuardedPart part, string? messageId)
    {
        var guard = new StreamGuard(cascade, prompt.LastTurn, options, part);
        _parts.Add(() => guard.Verdict with { MessageId = messageId });
        return guard;
    }

    /// <summary>Throws what was found, if an exception is wanted in place of a refusal.</summary>
    /// <exception cref="GuardBlockedException">It is.</exception>
    public void ThrowIfWanted()
    {
        if (options.Blocked == BlockedAnswer.Exception)
        {
            throw new GuardBlockedException(Verdict);
        }
    }

    private PartTally Tally(GuardedPart part, string? messageId)
    {
        var tally = new PartTally(part);
        _parts.Add(() => tally.Verdict with { MessageId = messageId });
        return tally;
    }
}
