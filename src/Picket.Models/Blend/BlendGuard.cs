using Picket.Models.Bundles;

namespace Picket.Models.Blend;

/// <summary>Several guards as one: their calibrated logits, weighed and summed, give one probability (<see cref="BlendSettings"/>).</summary>
/// <remarks>
/// <para>The features are the members' features side by side, in their order; zeros stand for a member whose score has none. Tokens and windows
/// are those of the member that has most of them, since the members read the same text.</para>
/// <para>The members score one after another, each on as many threads as it takes. Each normalises texts as its own bundle says.</para>
/// </remarks>
public sealed class BlendGuard : IGuard
{
    /// <summary>The <see cref="GuardManifest.Kind"/> of such a guard's bundle.</summary>
    public const string Kind = "blend";

    private readonly IReadOnlyList<IGuard> _members;
    private readonly BlendSettings _settings;

    /// <summary>A blend of guards, which it disposes.</summary>
    /// <param name="members">The guards, in the order of the settings.</param>
    /// <param name="manifest">Name, threshold, and the weights in <see cref="GuardManifest.Blend"/>.</param>
    /// <exception cref="ArgumentException">The manifest has no blend, or one of another number of members.</exception>
    public BlendGuard(IReadOnlyList<IGuard> members, GuardManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Blend is not { } settings || settings.Members.Count != members.Count)
        {
            throw new ArgumentException($"expected a blend of {members.Count} members", nameof(manifest));
        }

        _members = members;
        _settings = settings;
        Description = new GuardDescription(
            manifest.Name,
            Kind,
            members.Sum(static member => member.Description.FeatureWidth),
            members.Select(static member => member.Description.MaxTokens).Where(static tokens => tokens > 0).DefaultIfEmpty(0).Min(),
            manifest.Threshold);
    }

    /// <summary>The blend; its window is the least that a member has, its feature width the sum of all.</summary>
    public GuardDescription Description { get; }

    /// <summary>Loads the guards of all members of an opened bundle.</summary>
    /// <param name="bundle">The blend's bundle.</param>
    /// <param name="load">Loads a member, with its normaliser where it has one.</param>
    /// <param name="cancellationToken">Seen between members.</param>
    /// <exception cref="PicketException">A member is absent, was exchanged, is a blend itself or cannot be loaded.</exception>
    internal static async ValueTask<BlendGuard> LoadAsync(Bundle bundle, Func<Bundle, ValueTask<IGuard>> load, CancellationToken cancellationToken)
    {
        var members = new List<IGuard>();
        try
        {
            foreach (Bundle member in BlendBundle.OpenMembers(bundle))
            {
                cancellationToken.ThrowIfCancellationRequested();
                members.Add(await load(member));
            }

            return new BlendGuard(members, bundle.Manifest);
        }
        catch
        {
            await DisposeAsync(members);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="PicketException">A member gives no number.</exception>
    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(
        IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var scores = new IReadOnlyList<GuardScore>[_members.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores[i] = await _members[i].ScoreAsync(inputs, cancellationToken);
        }

        double[] logits = new double[scores.Length];
        return [.. Enumerable.Range(0, inputs.Count).Select(input => Blend(scores, input, logits))];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DisposeAsync(_members);

    private static async ValueTask DisposeAsync(IReadOnlyList<IGuard> members)
    {
        foreach (IGuard member in members)
        {
            await member.DisposeAsync();
        }
    }

    private GuardScore Blend(IReadOnlyList<GuardScore>[] scores, int input, double[] logits)
    {
        float[] features = new float[Description.FeatureWidth];
        int start = 0;
        int tokens = 0;
        int windows = 1;
        for (int i = 0; i < scores.Length; i++)
        {
            GuardScore score = scores[i][input];
            logits[i] = BlendSettings.Logit(score.UnsafeProbability);
            score.Features.Span.CopyTo(features.AsSpan(start));
            start += _members[i].Description.FeatureWidth;
            tokens = Math.Max(tokens, score.Tokens);
            windows = Math.Max(windows, score.Windows);
        }

        double probability = _settings.Probability(logits);

        // A NaN is above no threshold: a blend with a damaged member would call everything safe.
        return double.IsNaN(probability)
            ? throw new PicketException($"guard {Description.Name}: expected probabilities of its members, found something that is no number")
            : new GuardScore(probability, features, tokens, windows);
    }
}
