namespace Picket;

/// <summary>The forward pass of a learned router: layers one after another, to one logit or two.</summary>
/// <remarks>Immutable, safe to use from several threads at once, and free of allocations.</remarks>
public sealed class RouterNetwork
{
    /// <summary>The widest hidden layer: two of that width lie on the stack.</summary>
    public const int MostHidden = 4096;

    private readonly RouterLayer[] _layers;

    /// <summary>A network.</summary>
    /// <param name="layers">From the input on; only the last one has no norm.</param>
    /// <exception cref="ArgumentException">There is none, the shapes do not fit each other, or a number is not finite.</exception>
    public RouterNetwork(IReadOnlyList<RouterLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _layers = [.. layers];
        if (_layers.Length == 0)
        {
            throw new ArgumentException("expected layers, found none", nameof(layers));
        }

        for (int i = 0; i < _layers.Length; i++)
        {
            Check(i);
        }
    }

    /// <summary>Inputs of the first layer.</summary>
    public int Inputs => _layers[0].Inputs;

    /// <summary>Logits: 1 or 2.</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>Computes the logits.</summary>
    /// <param name="features">The first inputs.</param>
    /// <param name="extra">The rest of the inputs; may be empty.</param>
    /// <param name="logits">Receives <see cref="Outputs"/> numbers.</param>
    /// <exception cref="ArgumentException">There are more or fewer inputs than <see cref="Inputs"/>, or too few places.</exception>
    public void Run(ReadOnlySpan<float> features, ReadOnlySpan<float> extra, Span<float> logits)
    {
        if (features.Length + extra.Length != Inputs || logits.Length != Outputs)
        {
            throw new ArgumentException(
                $"expected {Inputs} inputs and {Outputs} outputs, found {features.Length + extra.Length} and {logits.Length}", nameof(features));
        }

        int widest = 0;
        for (int i = 0; i < _layers.Length - 1; i++)
        {
            widest = Math.Max(widest, _layers[i].Outputs);
        }

        Span<float> memory = stackalloc float[2 * widest];
        scoped ReadOnlySpan<float> input = features;
        for (int i = 0; i < _layers.Length - 1; i++)
        {
            Span<float> output = memory.Slice(i % 2 * widest, _layers[i].Outputs);
            _layers[i].Apply(input, i == 0 ? extra : default, output);
            input = output;
        }

        _layers[^1].Apply(input, _layers.Length == 1 ? extra : default, logits);
    }

    private void Check(int i)
    {
        RouterLayer layer = _layers[i];
        bool last = i == _layers.Length - 1;
        bool fits = layer.Outputs > 0 && layer.Weights.Length > 0 && layer.Weights.Length % layer.Outputs == 0
            && (i == 0 || layer.Inputs == _layers[i - 1].Outputs)
            && (last ? layer.Outputs <= 2 && layer.Gain is null : layer.Outputs <= MostHidden && layer.Gain?.Length == layer.Outputs)
            && layer.Shift?.Length == layer.Gain?.Length;
        if (!fits)
        {
            throw new ArgumentException($"layer {i}: expected weights, bias and norm of one shape that fits the layer before it", nameof(i));
        }

        if (!layer.Weights.Concat(layer.Bias).Concat(layer.Gain ?? []).Concat(layer.Shift ?? []).All(float.IsFinite))
        {
            throw new ArgumentException($"layer {i}: expected finite numbers, found others", nameof(i));
        }
    }
}
