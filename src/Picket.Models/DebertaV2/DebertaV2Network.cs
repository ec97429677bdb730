using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>
/// A DeBERTa-v2 or -v3 encoder with its classifier (He et al. 2021, "DeBERTa: Decoding-enhanced BERT with Disentangled Attention"; the
/// arithmetic is that of Hugging Face's DebertaV2ForSequenceClassification).
/// </summary>
/// <remarks>
/// The weights do not change; several passes at a time need a <see cref="DebertaV2Scratch"/> each. A sequence's result does not depend on the
/// others of its batch, bit by bit.
/// </remarks>
public sealed class DebertaV2Network : IDisposable
{
    private readonly TokenEmbeddings _embeddings;
    private readonly List<DebertaV2Layer> _layers = [];
    private readonly DebertaV2Convolution? _convolution;
    private readonly DebertaV2Classifier _classifier;

    private DebertaV2Network(IWeightReader reader, DebertaV2Config config, ComputeContext context, LinearFactory factory)
    {
        Config = config;
        RequireGradualBuckets(config);
        try
        {
            _embeddings = new TokenEmbeddings(reader, config);
            using var loader = new DebertaV2LayerLoader(reader, config, context, factory);
            for (int i = 0; i < config.Layers; i++)
            {
                _layers.Add(loader.Load(i));
            }

            _convolution = config.ConvKernelSize > 0 ? new DebertaV2Convolution(reader, config, context) : null;
            _classifier = new DebertaV2Classifier(loader, config);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The shape.</summary>
    public DebertaV2Config Config { get; }

    /// <summary>Loads a checkpoint with the tensor names of Hugging Face, layer by layer. The token embeddings stay mapped from the file.</summary>
    /// <param name="source">The tensors; may be disposed of afterwards.</param>
    /// <param name="config">The shape they must have.</param>
    /// <param name="context">Threads to load with.</param>
    /// <param name="factory">What the linear layers become; <see langword="null"/> for <see cref="LinearFactories.Stored"/>.</param>
    /// <exception cref="PicketException">A tensor is absent, or has another shape or type, or cannot be read.</exception>
    public static DebertaV2Network Load(TensorSource source, DebertaV2Config config, ComputeContext context, LinearFactory? factory = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new DebertaV2Network(new CheckpointReader(source), config, context, factory ?? LinearFactories.Stored);
    }

    /// <summary>A network of random weights, for measurements: same shape, same time, no meaning. The same seed gives the same weights.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="context">Threads to make it with.</param>
    /// <param name="factory">What the linear layers become; <see langword="null"/> for <see cref="LinearFactories.Stored"/>.</param>
    public static DebertaV2Network Random(DebertaV2Config config, int seed, ComputeContext context, LinearFactory? factory = null) =>
        new(new RandomReader(seed), config, context, factory ?? LinearFactories.Stored);

    /// <summary>Memory for one pass at a time; the caller disposes of it.</summary>
    public DebertaV2Scratch CreateScratch() => new(Config);

    /// <summary>One pass. Allocates nothing once <paramref name="scratch"/> has grown.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="batch">At least one sequence. Any length is computed, as Hugging Face does, but training ended at the maximum.</param>
    /// <param name="scratch">Memory.</param>
    /// <returns>Logits and features, valid until the next pass with the same memory.</returns>
    /// <exception cref="ArgumentException">A token lies outside the vocabulary, or the batch is empty.</exception>
    public DebertaV2Result Run(ComputeContext context, RaggedBatch batch, DebertaV2Scratch scratch) => Run(context, batch, scratch, null);

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        _embeddings?.Dispose();
        _layers.ForEach(static layer => layer.Dispose());
        _convolution?.Dispose();
        _classifier?.Dispose();
    }

    /// <summary>One pass that shows the embeddings and then each layer's output to <paramref name="observe"/>, where there is one.</summary>
    internal DebertaV2Result Run(ComputeContext context, RaggedBatch batch, DebertaV2Scratch scratch, Action<Matrix<float>>? observe)
    {
        if (batch.Count == 0)
        {
            throw new ArgumentException("expected at least one sequence", nameof(batch));
        }

        Matrix<float> hidden = scratch.Hidden(batch.Tokens.Length);
        _embeddings.Apply(context, batch.Tokens, hidden);
        Matrix<float> embedded = hidden;
        if (_convolution is not null)
        {
            embedded = scratch.Embedded(hidden.Rows);
            for (int row = 0; row < hidden.Rows; row++)
            {
                hidden[row].CopyTo(embedded[row]);
            }
        }

        observe?.Invoke(hidden);
        for (int i = 0; i < _layers.Count; i++)
        {
            bool convolves = i == 0 && _convolution is not null;
            if (i == _layers.Count - 1 && !convolves && observe is null)
            {
                hidden = _layers[i].ApplyToFirst(context, hidden, batch.Starts, scratch);
                return new DebertaV2Result(_classifier.Apply(context, hidden, scratch), hidden);
            }

            _layers[i].Apply(context, hidden, batch.Starts, scratch);
            if (convolves)
            {
                _convolution!.Apply(context, embedded, hidden, batch.Starts, scratch);
            }

            observe?.Invoke(hidden);
        }

        hidden = DebertaV2Layer.GatherFirst(hidden, batch.Starts);
        return new DebertaV2Result(_classifier.Apply(context, hidden, scratch), hidden);
    }

    private static void RequireGradualBuckets(DebertaV2Config config)
    {
        try
        {
            _ = new LogBuckets(config.PositionBuckets, config.MaxRelativePositions);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new PicketException(
                $"{DebertaV2Config.FileName}, fields \"position_buckets\" and \"max_relative_positions\": "
                + fault.Message.ReplaceLineEndings(" "),
                fault);
        }
    }
}

/// <summary>What a pass gives: views of the pass's memory.</summary>
/// <param name="Logits">sequences x labels.</param>
/// <param name="Features">sequences x hidden: the last layer's vector of each sequence's first token.</param>
public readonly record struct DebertaV2Result(Matrix<float> Logits, Matrix<float> Features);
