namespace Picket.Text;

/// <summary>Undoes cheap evasions in prompt and response before the guard inside scores them.</summary>
/// <remarks>
/// Where digits or signs in a text may be read as letters, that reading is scored in the same batch and the higher score counts: its
/// features and windows, and the tokens of both.
/// </remarks>
public sealed class NormalisingGuard : IGuard
{
    private readonly IGuard _inner;
    private readonly TextNormaliser _normaliser;

    private NormalisingGuard(IGuard inner, TextNormaliser normaliser)
    {
        _inner = inner;
        _normaliser = normaliser;
    }

    /// <inheritdoc/>
    public GuardDescription Description => _inner.Description;

    /// <summary>Wraps <paramref name="inner"/>, which the wrapper disposes; with every step off the guard itself comes back.</summary>
    /// <param name="inner">The guard that scores.</param>
    /// <param name="options">The steps; all when <see langword="null"/>.</param>
    public static IGuard Wrap(IGuard inner, TextNormaliserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return options == TextNormaliserOptions.None
            ? inner
            : new NormalisingGuard(inner, options is null ? TextNormaliser.Default : new TextNormaliser(options));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(
        IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var views = new List<GuardInput>(inputs.Count);
        foreach (GuardInput input in inputs)
        {
            views.Add(Normalise(input));
        }

        List<int>? secondViewOf = null;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (TryReadLeet(views[i], out GuardInput second))
            {
                (secondViewOf ??= []).Add(i);
                views.Add(second);
            }
        }

        IReadOnlyList<GuardScore> scores = await _inner.ScoreAsync(views, cancellationToken);
        return secondViewOf is null ? scores : Merge(scores, inputs.Count, secondViewOf);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private static GuardScore[] Merge(IReadOnlyList<GuardScore> scores, int count, List<int> secondViewOf)
    {
        GuardScore[] merged = [.. scores.Take(count)];
        for (int k = 0; k < secondViewOf.Count; k++)
        {
            GuardScore first = merged[secondViewOf[k]];
            GuardScore second = scores[count + k];
            GuardScore higher = second.UnsafeProbability > first.UnsafeProbability ? second : first;
            merged[secondViewOf[k]] = higher with { Tokens = first.Tokens + second.Tokens };
        }

        return merged;
    }

    private GuardInput Normalise(GuardInput input)
    {
        string prompt = _normaliser.Normalise(input.Prompt);
        string? response = input.Response is null ? null : _normaliser.Normalise(input.Response);
        bool same = ReferenceEquals(prompt, input.Prompt) && ReferenceEquals(response, input.Response);
        return same ? input : new GuardInput(prompt, response);
    }

    private bool TryReadLeet(GuardInput input, out GuardInput view)
    {
        string? response = input.Response;
        bool any = _normaliser.TryGetLeetView(input.Prompt, out string prompt);
        any |= response is not null && _normaliser.TryGetLeetView(response, out response);
        view = any ? new GuardInput(prompt, response) : input;
        return any;
    }
}
