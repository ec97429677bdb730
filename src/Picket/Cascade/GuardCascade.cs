using System.Diagnostics;

namespace Picket;

/// <summary>Small guard, router, large guard where the router wants it, verdict (SafeRoute).</summary>
/// <remarks>
/// Safe to call from several threads at once. Disposes its guards when it is disposed; a large guard's call that was left behind
/// at the deadline may still be running then.
/// </remarks>
public sealed class GuardCascade : IAsyncDisposable
{
    private readonly IGuard _small;
    private readonly IRouter _router;
    private readonly IGuard? _large;
    private readonly LargeGuardFailure _failure;
    private readonly TimeSpan? _timeout;
    private readonly TimeProvider _clock;
    private readonly double? _threshold;
    private readonly Dictionary<string, double> _categoryThresholds;

    /// <summary>Builds the cascade, which from then on owns the guards.</summary>
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
    {
        ArgumentNullException.ThrowIfNull(small);
        options ??= new GuardCascadeOptions();
        List<string> faults = [.. options.Faults()];
        if (large is null && router is not null)
        {
            faults.Add($"router {router.Name} has no large guard to escalate to");
        }

        if (faults.Count > 0)
        {
            throw new PicketException($"cascade: {string.Join("; ", faults)}");
        }

        _small = small;
        _large = large;
        _router = router ?? (large is null ? new NeverRouter() : new EntropyRouter());
        _failure = options.LargeGuardFailure;
        _timeout = options.LargeGuardTimeout;
        _clock = options.TimeProvider;
        _threshold = options.Threshold;
        _categoryThresholds = new Dictionary<string, double>(options.CategoryThresholds, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Checks <paramref name="inputs"/>; each verdict depends on its own input only.</summary>
    /// <returns>As many verdicts as inputs, in the same order.</returns>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled, also while the large guard was asked.
    /// </exception>
    /// <exception cref="PicketException">
    /// The small guard's answer is unusable, or the large guard's is and <see cref="GuardCascadeOptions.LargeGuardFailure"/> says Throw.
    /// </exception>
    public async ValueTask<IReadOnlyList<Verdict>> CheckAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        cancellationToken.ThrowIfCancellationRequested();
        if (inputs.Count == 0)
        {
            return [];
        }

        IReadOnlyList<GuardScore> scores = (await _small.ScoreAsync(inputs, cancellationToken)).Validated(_small, inputs.Count);
        var verdicts = new Verdict[inputs.Count];
        List<int>? hard = Route(scores, verdicts);
        if (hard is not null && _large is not null)
        {
            await EscalateAsync(_large, inputs, hard, verdicts, cancellationToken);
        }

        return verdicts;
    }

    /// <summary>Disposes both guards, the second also when the first one throws.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _small.DisposeAsync();
        }
        finally
        {
            if (_large is not null)
            {
                await _large.DisposeAsync();
            }
        }
    }

    private List<int>? Route(IReadOnlyList<GuardScore> scores, Verdict[] verdicts)
    {
        using Activity? span = CascadeSpans.Source.StartActivity("route");
        List<int>? hard = null;
        for (int i = 0; i < verdicts.Length; i++)
        {
            RouteDecision route = _router.Decide(scores[i]);
            verdicts[i] = Decide(_small, scores[i], route);
            if (route.Escalate)
            {
                (hard ??= []).Add(i);
            }
        }

        span?.SetTag("picket.inputs", verdicts.Length).SetTag("picket.escalated", hard?.Count ?? 0);
        return hard;
    }

    private async ValueTask EscalateAsync(
        IGuard large, IReadOnlyList<GuardInput> inputs, List<int> hard, Verdict[] verdicts, CancellationToken cancellationToken)
    {
        GuardInput[] batch = [.. hard.Select(i => inputs[i])];
        try
        {
            IReadOnlyList<GuardScore> scores =
                (await large.ScoreByDeadlineAsync(batch, _timeout, _clock, cancellationToken)).Validated(large, batch.Length);
            for (int j = 0; j < batch.Length; j++)
            {
                verdicts[hard[j]] = Decide(large, scores[j], verdicts[hard[j]].Route);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (_failure == LargeGuardFailure.Throw)
        {
            // Another's message may quote the text it choked on; only Picket's own are known not to.
            throw fault as PicketException ?? new PicketException($"guard {large.Description.Name} failed: {fault.GetType().Name}", fault);
        }
        catch (Exception)
        {
            foreach (int i in hard)
            {
                Verdict small = verdicts[i];
                verdicts[i] = small with { Unsafe = small.Unsafe || _failure == LargeGuardFailure.TreatAsUnsafe, Degraded = true };
            }
        }
    }

    private Verdict Decide(IGuard guard, GuardScore score, RouteDecision route)
    {
        bool isUnsafe = score.UnsafeProbability >= ThresholdFor(guard, score);
        return new Verdict(isUnsafe, score.UnsafeProbability, guard.Description.Name, route, Degraded: false)
        {
            Windows = score.Windows,
            Categories = score.Categories,
        };
    }

    // A loop, for a lambda would allocate for every score, also those without categories.
    private double ThresholdFor(IGuard guard, GuardScore score)
    {
        double common = _threshold ?? guard.Description.DefaultThreshold;
        if (score.Categories.Count == 0)
        {
            return common;
        }

        double least = double.PositiveInfinity;
        foreach (string category in score.Categories)
        {
            least = Math.Min(least, _categoryThresholds.GetValueOrDefault(category, common));
        }

        return least;
    }
}
