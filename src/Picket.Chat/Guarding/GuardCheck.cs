namespace Picket.Chat;

/// <summary>Asks the cascade and turns its failure into what the options want.</summary>
internal sealed class GuardCheck(GuardCascade cascade, StreamGuardOptions options)
{
    /// <summary>Checks <paramref name="inputs"/> in one call; none costs nothing.</summary>
    /// <returns>As many findings as inputs, in the same order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="PicketException">The cascade failed, and the options want it thrown.</exception>
    public async ValueTask<IReadOnlyList<Finding>> CheckAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken)
    {
        if (inputs.Count == 0)
        {
            return [];
        }

        try
        {
            IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(inputs, cancellationToken);
            return [.. verdicts.Select(static verdict => new Finding(verdict, null, verdict.Unsafe))];
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (options is { GuardFailure: GuardFailure.Throw, Shadow: false })
        {
            // Another's message may quote the text it choked on; only Picket's own are known not to.
            throw fault as PicketException ?? new PicketException($"guard failed: {fault.GetType().Name}", fault);
        }
        catch (Exception fault)
        {
            var finding = new Finding(null, fault.GetType().Name, options.GuardFailure != GuardFailure.LetPass);
            return [.. Enumerable.Repeat(finding, inputs.Count)];
        }
    }
}
