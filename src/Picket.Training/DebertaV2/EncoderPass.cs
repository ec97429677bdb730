using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>From tokens to vectors: embeddings, layers, and the convolution where there is one.</summary>
internal sealed class EncoderPass : IDisposable
{
    private readonly DebertaV2Config _config;
    private readonly StudentOptions _options;
    private readonly TrainableAttention _attention;
    private readonly Parameter _words;
    private readonly NormParameters _wordNorm;
    private readonly Parameter _relative;
    private readonly NormParameters _relativeNorm;
    private readonly List<LayerPass> _layers = [];
    private readonly LinearParameters _taps;
    private readonly NormParameters _tapsNorm;

    public EncoderPass(ParameterSet parameters, DebertaV2Config config, StudentOptions options)
    {
        _config = config;
        _options = options;
        _attention = new TrainableAttention(new LogBuckets(config.PositionBuckets, config.MaxRelativePositions), config.Heads);
        _words = parameters.Matrix("deberta.embeddings.word_embeddings.weight", config.VocabSize, config.HiddenSize);
        _wordNorm = parameters.Norm("deberta.embeddings.LayerNorm");
        _relative = parameters.Matrix("deberta.encoder.rel_embeddings.weight", config.RelativeRows, config.HiddenSize);
        _relativeNorm = parameters.Norm("deberta.encoder.LayerNorm");
        for (int i = 0; i < config.Layers; i++)
        {
            _layers.Add(new LayerPass(parameters, $"deberta.encoder.layer.{i}", config, options));
        }

        if (config.ConvKernelSize > 0)
        {
            _taps = new LinearParameters(
                parameters.Matrix(ParameterSet.Convolution, config.HiddenSize, config.ConvKernelSize * config.HiddenSize),
                parameters.Vector("deberta.encoder.conv.conv.bias", config.HiddenSize));
            _tapsNorm = parameters.Norm("deberta.encoder.conv.LayerNorm");
        }
    }

    /// <summary>The last layer's vectors of some tokens: what that layer would make of the others nobody reads, and it is not computed.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="rows">The tokens' rows in the batch, each once.</param>
    public Variable Apply(Tape tape, TokenBatch batch, int[] rows)
    {
        float epsilon = _config.LayerNormEpsilon;
        Variable words = tape.Norm(tape.Embed(_words, batch.Tokens), _wordNorm.Gain, _wordNorm.Bias, epsilon);
        Variable embedded = tape.Dropout(words, _options.HiddenDropout);
        (int first, int count) = _attention.PositionRange(batch.Longest);
        Variable positions = tape.Norm(Tape.Use(_relative, first, count), _relativeNorm.Gain, _relativeNorm.Bias, epsilon);

        Variable hidden = embedded;
        for (int i = 0; i < _layers.Count - 1; i++)
        {
            LayerPass layer = _layers[i];
            hidden = _options.Checkpointing
                ? tape.Checkpoint(inputs => layer.Apply(tape, inputs[0], inputs[1], first, batch.Starts, _attention), hidden, positions)
                : layer.Apply(tape, hidden, positions, first, batch.Starts, _attention);
            hidden = i == 0 && _config.ConvKernelSize > 0 ? Convolve(tape, embedded, hidden, batch.Starts) : hidden;
        }

        hidden = _layers[^1].Apply(tape, hidden, positions, first, batch.Starts, _attention, rows);
        return _layers.Count == 1 && _config.ConvKernelSize > 0 ? Convolve(tape, embedded, hidden, batch.Starts, rows) : hidden;
    }

    public void Dispose() => _attention.Dispose();

    // Dropout comes before GELU here, as in Hugging Face's ConvLayer.
    private Variable Convolve(Tape tape, Variable embedded, Variable hidden, int[] starts, int[]? rows = null)
    {
        Variable neighbours = tape.Taps(embedded, _config.ConvKernelSize, starts);
        Variable sums = _taps.Apply(tape, rows is null ? neighbours : tape.Gather(neighbours, rows));
        Variable active = tape.Gelu(tape.Dropout(sums, _options.HiddenDropout));
        return tape.AddNorm(active, 0, hidden, _tapsNorm.Gain, _tapsNorm.Bias, _config.LayerNormEpsilon);
    }
}
