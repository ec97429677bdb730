namespace Picket;

/// <summary>Small guard, router, large guard where the router wants it, verdict (SafeRoute); any number of guards, each smaller than the next.</summary>
/// <remarks>
/// Safe to call from several threads at once. Disposes its guards when it is disposed; a large guard's call that was left behind
/// at the deadline may still be running then.
/// </remarks>
public sealed class GuardCascade : IAsyncDisposable
{
    private readonly CascadeStage[] _stages;
    private readonly TimeProvider _clock;

    /// <summary>Builds a cascade of one guard or two, which from then on owns the guards.</summary>
    /// <param name="small">Sees every input. Its failure always throws: nothing stands in for it.</param>
    /// <param name="large">Sees the escalated inputs of a check in one call; without one the small guard decides everything.</param>
    /// <param name="router">
    /// Default with a large guard: <see cref="EntropyRouter"/>. Without a large guard there is nowhere to route to and none may be given.
    /// </param>
    /// <param name="options">Read once; <see langword="null"/> for the defaults.</param>
    /// <exception cref="PicketException">
    /// The options or the parts do not fit; the message names every fault. The guards stay the caller's.
    /// </exception>
    public GuardCascade(IGuard small, IGuard? large = null, IRouter? router = null, GuardCascadeOptions? options = null)
        : this(Tiers(small, large, router), options)
    {
    }

    /// <summary>Builds a cascade of any number of guards, which from then on owns them.</summary>
    /// <param name="tiers">In the order in which they are asked; each router sees the scores of its own tier.</param>
    /// <param name="options">Read once; <see langword="null"/> for the defaults.</param>
    /// <exception cref="PicketException">
    /// The options or the tiers do not fit; the message names every fault. The guards stay the caller's.
    /// </exception>
    public GuardCascade(IReadOnlyList<CascadeTier> tiers, GuardCascadeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        options ??= new GuardCascadeOptions();
        List<string> faults = [.. options.Faults(), .. CascadeFaults.Of(tiers)];
        if (faults.Count > 0)
        {
            throw new PicketException($"cascade: {string.Join("; ", faults)}");
        }

        var rule = new VerdictRule(options);
        _stages = [.. tiers.Select((tier, i) => new CascadeStage(tier, i, i == tiers.Count - 1, rule, options))];
        _clock = options.TimeProvider;
        Routes = [.. _stages.Select(static stage => stage.Monitor).OfType<RouteMonitor>()];
    }

    /// <summary>What each router has decided so far, in the order of the tiers; empty in a cascade of one guard.</summary>
    public IReadOnlyList<RouteMonitor> Routes { get; }

    /// <summary>
    /// Checks <paramref name="inputs"/>; each verdict depends on its own input only, unless a tier has a cap
    /// (<see cref="CascadeTier.Cap"/>).
    /// </summary>
    /// <returns>As many verdicts as inputs, in the same order.</returns>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled, also while a large guard was asked.
    /// </exception>
    /// <exception cref="PicketException">
    /// The small guard's answer is unusable, or a large guard's is and <see cref="GuardCascadeOptions.LargeGuardFailure"/> says Throw.
    /// </exception>
    public async ValueTask<IReadOnlyList<Verdict>> CheckAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        cancellationToken.ThrowIfCancellationRequested();
        if (inputs.Count == 0)
        {
            return [];
        }

        IGuard small = _stages[0].Guard;
        IReadOnlyList<GuardScore> scores = (await small.ScoreAsync(inputs, cancellationToken)).Validated(small, inputs.Count);
        var verdicts = new Verdict[inputs.Count];
        List<int>? hard = _stages[0].Decide(scores, places: null, verdicts);
        for (int tier = 1; hard is not null; tier++)
        {
            hard = await EscalateAsync(_stages[tier], inputs, hard, verdicts, cancellationToken);
        }

        return verdicts;
    }

    /// <summary>Disposes all guards, each also when one before it throws.</summary>
    public ValueTask DisposeAsync() => DisposeAsync(0);

    private async ValueTask DisposeAsync(int tier)
    {
        try
        {
            await _stages[tier].Guard.DisposeAsync();
        }
        finally
        {
            if (tier + 1 < _stages.Length)
            {
                await DisposeAsync(tier + 1);
            }
        }
    }

    /// <summary>Asks a tier for the inputs that came to it; returns those that go on, none after a failure.</summary>
    private async ValueTask<List<int>?> EscalateAsync(
        CascadeStage stage, IReadOnlyList<GuardInput> inputs, List<int> hard, Verdict[] verdicts, CancellationToken cancellationToken)
    {
        GuardInput[] batch = [.. hard.Select(i => inputs[i])];
        IReadOnlyList<GuardScore> scores;
        try
        {
            scores = (await stage.Guard.ScoreByDeadlineAsync(batch, stage.Timeout, _clock, cancellationToken)).Validated(stage.Guard, batch.Length);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (stage.Failure == LargeGuardFailure.Throw)
        {
            // Another's message may quote the text it choked on; only Picket's own are known not to.
            throw fault as PicketException
                ?? new PicketException($"guard {stage.Guard.Description.Name} failed: {fault.GetType().Name}", fault);
        }
        catch (Exception)
        {
            foreach (int i in hard)
            {
                Verdict before = verdicts[i];
                verdicts[i] = before with { Unsafe = before.Unsafe || stage.Failure == LargeGuardFailure.TreatAsUnsafe, Degraded = true };
            }

            return null;
        }

        return stage.Decide(scores, hard, verdicts);
    }

    private static CascadeTier[] Tiers(IGuard small, IGuard? large, IRouter? router)
    {
        ArgumentNullException.ThrowIfNull(small);
        return large is null ? [new CascadeTier(small, router)] : [new CascadeTier(small, router), new CascadeTier(large)];
    }
}
