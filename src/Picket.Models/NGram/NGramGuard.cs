using System.Collections.Concurrent;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Text;

namespace Picket.Models.NGram;

/// <summary>The small guard that needs no GPU and no time: hashed n-grams through <see cref="NGramNetwork"/>, microseconds an input.</summary>
/// <remarks>
/// A field longer than <see cref="NGramShape.WindowChars"/> is scored in overlapping windows and the highest score counts. The features are
/// the hidden vector of the highest-scoring window. It holds no resources beyond memory.
/// </remarks>
public sealed class NGramGuard : IGuard
{
    /// <summary>The file of a bundle that holds the parameters.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The <see cref="GuardManifest.Kind"/> of such a guard's bundle.</summary>
    public const string Kind = "ngram";

    private readonly NGramNetwork _network;
    private readonly double _temperature;
    private readonly ConcurrentBag<NGramScratch> _scratch = [];

    /// <summary>A guard over <paramref name="network"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="manifest">Name, temperature and threshold.</param>
    public NGramGuard(NGramNetwork network, GuardManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(manifest);
        _network = network;
        _temperature = manifest.Temperature;
        Description = new GuardDescription(manifest.Name, manifest.Kind, network.Shape.Hidden, MaxTokens: 0, manifest.Threshold);
    }

    /// <inheritdoc/>
    public GuardDescription Description { get; }

    /// <summary>Loads the guard of an opened bundle.</summary>
    /// <exception cref="PicketException">A file is absent, damaged or of another shape than the manifest says.</exception>
    public static NGramGuard Load(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        string manifestPath = Path.Combine(bundle.Folder, GuardManifest.FileName);
        NGramShape shape = bundle.Manifest.Ngram
            ?? throw new PicketException($"{manifestPath}, field \"ngram\": expected the shape of the network, found none");
        if (bundle.Manifest.Labels.Count != 2)
        {
            throw new PicketException($"{manifestPath}, field \"labels\": expected two, found {bundle.Manifest.Labels.Count}");
        }

        string path = Path.Combine(bundle.Folder, WeightsFile);
        return new NGramGuard(new NGramNetwork(shape, Safetensors.Parse(bundle.Read(WeightsFile), path), path), bundle.Manifest);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        NGramScratch scratch = _scratch.TryTake(out NGramScratch? used) ? used : new NGramScratch();
        var scores = new GuardScore[inputs.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores[i] = Score(inputs[i], scratch, cancellationToken);
        }

        _scratch.Add(scratch);
        return new ValueTask<IReadOnlyList<GuardScore>>(scores);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private GuardScore Score(GuardInput input, NGramScratch scratch, CancellationToken cancellationToken)
    {
        NGramShape shape = _network.Shape;
        string response = input.Response ?? "";
        float[] best = new float[shape.Hidden];
        if (input.Prompt.Length <= shape.WindowChars && response.Length <= shape.WindowChars)
        {
            float logit = _network.Score(input.Prompt, response, input.Response is not null, scratch, best, out int words);
            return new GuardScore(Probability(logit), best, words);
        }

        Span<float> features = stackalloc float[shape.Hidden];
        float highest = float.NegativeInfinity;
        int tokens = 0;
        int windows = 0;
        foreach ((Range prompt, Range answer) in TextWindows.Pair(
            new TextWindows(input.Prompt, shape.WindowChars, shape.OverlapChars),
            new TextWindows(response, shape.WindowChars, shape.OverlapChars)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            float logit = _network.Score(
                input.Prompt.AsSpan()[prompt], response.AsSpan()[answer], input.Response is not null, scratch, features, out int words);
            tokens += words;
            windows++;
            if (logit > highest)
            {
                highest = logit;
                features.CopyTo(best);
            }
        }

        return new GuardScore(Probability(highest), best, tokens, windows);
    }

    private double Probability(float logit) => 1 / (1 + Math.Exp(-logit / _temperature));
}
