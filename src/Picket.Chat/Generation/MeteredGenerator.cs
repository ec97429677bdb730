namespace Picket.Chat;

/// <summary>What a generator did so far.</summary>
/// <param name="Requests">Requests that came back with a generation.</param>
/// <param name="Failures">Requests that were thrown back.</param>
/// <param name="Usage">Tokens of all requests whose server counted them. Those of tries that came to nothing are known to nobody.</param>
/// <param name="Uncounted">Requests without a count, which <paramref name="Usage"/> and <paramref name="Cost"/> lack.</param>
/// <param name="Cost">In the currency of the prices.</param>
/// <param name="Finishes">Requests by finish; a finish that never came is missing.</param>
public sealed record GenerationTotals(
    long Requests, long Failures, TokenUsage Usage, long Uncounted, decimal Cost, IReadOnlyDictionary<GenerationFinish, long> Finishes);

/// <summary>Counts what another generator does.</summary>
/// <remarks>Safe to call from several threads. Disposes the generator it wraps.</remarks>
public sealed class MeteredGenerator : IGenerator
{
    private readonly Lock _gate = new();
    private readonly long[] _finishes = new long[Enum.GetValues<GenerationFinish>().Length];
    private readonly IGenerator _inner;
    private readonly TokenPrices _prices;
    private TokenUsage _usage;
    private long _failures;
    private long _uncounted;

    /// <summary>Wraps <paramref name="inner"/>.</summary>
    /// <param name="inner">Does the work; disposed with this one.</param>
    /// <param name="prices">All zero when <see langword="null"/>.</param>
    /// <exception cref="PicketException">A price is negative.</exception>
    public MeteredGenerator(IGenerator inner, TokenPrices? prices = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _prices = prices ?? new TokenPrices();
        if (_prices.Faults().FirstOrDefault() is { } fault)
        {
            throw new PicketException(fault);
        }
    }

    /// <inheritdoc/>
    public GeneratorDescription Description => _inner.Description;

    /// <summary>What was done so far.</summary>
    public GenerationTotals Totals
    {
        get
        {
            lock (_gate)
            {
                var finishes = Enum.GetValues<GenerationFinish>()
                    .Where(finish => _finishes[(int)finish] > 0)
                    .ToDictionary(static finish => finish, finish => _finishes[(int)finish]);
                return new GenerationTotals(finishes.Values.Sum(), _failures, _usage, _uncounted, _prices.Of(_usage), finishes);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        Generation? answer = null;
        try
        {
            return answer = await _inner.GenerateAsync(request, cancellationToken);
        }
        finally
        {
            Count(answer);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private void Count(Generation? answer)
    {
        lock (_gate)
        {
            if (answer is null)
            {
                _failures++;
                return;
            }

            _finishes[(int)answer.Finish]++;
            _uncounted += answer.Usage is null ? 1 : 0;
            TokenUsage more = answer.Usage ?? default;
            _usage = new TokenUsage(_usage.Prompt + more.Prompt, _usage.Answer + more.Answer);
        }
    }
}
