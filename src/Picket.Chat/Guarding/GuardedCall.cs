namespace Picket.Chat;

/// <summary>
/// One call of a chat model, whatever form its messages have: the prompt's texts and the answer's are checked with it, and it tells what was found.
/// </summary>
/// <remarks>For one call and one thread. A text that comes whole and one that comes in pieces are judged by the same windows.</remarks>
public sealed class GuardedCall
{
    private readonly GuardCascade _cascade;
    private readonly GuardingOptions _options;
    private readonly PromptParts _prompt;
    private readonly GuardCheck _check;
    private readonly List<Func<PartVerdict>> _parts = [];

    /// <summary>Starts a call.</summary>
    /// <param name="cascade">Judges; the caller's to dispose.</param>
    /// <param name="options">How, and without faults (<see cref="GuardingOptions.Faults"/>).</param>
    /// <param name="prompt">What is checked of the request; its last turn is the context of every answer.</param>
    public GuardedCall(GuardCascade cascade, GuardingOptions options, PromptParts prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        _cascade = cascade;
        _options = options;
        _prompt = prompt;
        _check = new GuardCheck(cascade, options);
        Unscored = prompt.Unscored;
    }

    /// <summary>How the client is guarded.</summary>
    public GuardingOptions Options => _options;

    /// <summary>Contents that hold no text a guard could read and went through (<see cref="ChatVerdict.Unscored"/>).</summary>
    public int Unscored { get; set; }

    /// <summary>What was found so far.</summary>
    public ChatVerdict Verdict =>
        new([.. _parts.Select(static part => part()).Where(static part => part.Windows + part.Bypassed > 0 || part.Unsafe)], _options.Shadow)
        {
            Unscored = Unscored,
        };

    /// <summary>Checks the prompt, all its texts at once, each as a whole.</summary>
    /// <returns>Whether the call ends here; never in shadow mode.</returns>
    /// <exception cref="GuardBlockedException">It does, and <see cref="GuardingOptions.Blocked"/> asks for an exception.</exception>
    /// <exception cref="PicketException">The cascade failed, and <see cref="StreamGuardOptions.GuardFailure"/> says Throw.</exception>
    public async ValueTask<bool> IsPromptBlockedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = await _check.CheckAsync([.. _prompt.Inputs.Select(static one => one.Input)], cancellationToken);
        for (int i = 0; i < findings.Count; i++)
        {
            Tally(_prompt.Inputs[i].Part).Add(findings[i]);
        }

        if (Verdict.Blocked)
        {
            ThrowIfWanted();
        }

        return Verdict.Blocked;
    }

    /// <summary>Checks a text of an answer that is whole.</summary>
    /// <returns>Whether it is blocked; never in shadow mode.</returns>
    /// <exception cref="PicketException">The cascade failed, and <see cref="StreamGuardOptions.GuardFailure"/> says Throw.</exception>
    public async ValueTask<bool> IsBlockedAsync(GuardedPart part, string text, string? messageId, CancellationToken cancellationToken)
    {
        StreamGuard guard = Start(part, messageId);
        await guard.PushAsync(text, cancellationToken);
        await guard.FlushAsync(cancellationToken);
        return guard.Blocked;
    }

    /// <summary>Starts a text of an answer that comes in pieces.</summary>
    /// <param name="part">Which text.</param>
    /// <param name="messageId">The message or choice it belongs to, for the verdict.</param>
    public StreamGuard Start(GuardedPart part, string? messageId)
    {
        var guard = new StreamGuard(_cascade, _prompt.LastTurn, _options, part);
        _parts.Add(() => guard.Verdict with { MessageId = messageId });
        return guard;
    }

    /// <summary>Throws what was found, if an exception is wanted in place of a refusal.</summary>
    /// <exception cref="GuardBlockedException">It is.</exception>
    internal void ThrowIfWanted()
    {
        if (_options.Blocked == BlockedAnswer.Exception)
        {
            throw new GuardBlockedException(Verdict);
        }
    }

    private PartTally Tally(GuardedPart part)
    {
        var tally = new PartTally(part);
        _parts.Add(() => tally.Verdict);
        return tally;
    }
}
