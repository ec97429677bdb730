using System.Runtime.InteropServices;
using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>A DeBERTa-v2 or -v3 that learns: its parameters under Hugging Face's names, and its passes.</summary>
/// <remarks>The arithmetic is that of <see cref="DebertaV2Network"/>, with dropout where Hugging Face has it. One pass at a time.</remarks>
public sealed class TrainableDebertaV2 : IDisposable
{
    private readonly ParameterSet _parameters;
    private readonly EncoderPass _encoder;
    private readonly HeadPass _head;

    /// <summary>A model whose parameters are zero until they are initialised or loaded.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="head">What stands on the encoder.</param>
    /// <param name="options">Dropout and checkpointing.</param>
    /// <param name="context">Threads and instruction set; the caller disposes of it later.</param>
    public TrainableDebertaV2(DebertaV2Config config, DebertaV2Head head, StudentOptions options, ComputeContext context)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        Config = config;
        Tape = new Tape(context);
        _parameters = new ParameterSet(config.HiddenSize);
        _encoder = new EncoderPass(_parameters, config, options);
        _head = new HeadPass(_parameters, config, head, options.HiddenDropout);
    }

    /// <summary>The shape.</summary>
    public DebertaV2Config Config { get; }

    /// <summary>The parameters, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters.All;

    /// <summary>What passes are noted on.</summary>
    internal Tape Tape { get; }

    /// <summary>Normal of deviation 0.02 for matrices, ones and zeros for layer norms and biases, as Hugging Face initialises.</summary>
    public void Initialise(int seed)
    {
        foreach (Parameter parameter in Parameters)
        {
            ParameterSet.Initialise(parameter, seed);
        }
    }

    /// <summary>Takes over what a checkpoint has; an encoder weight that is missing is a fault, the head's may be missing and are then left.</summary>
    /// <returns>The names of the head's parameters that the checkpoint lacks.</returns>
    /// <exception cref="PicketException">A tensor is absent or has another shape.</exception>
    public IReadOnlyList<string> Load(TensorSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        List<string> missing = [];
        foreach (Parameter parameter in Parameters)
        {
            if (!source.Contains(parameter.Name) && !parameter.Name.StartsWith(ParameterSet.Encoder, StringComparison.Ordinal))
            {
                missing.Add(parameter.Name);
                continue;
            }

            int[] shape = _parameters.StoredShape(parameter);
            source.ReadFloats(parameter.Name, shape, parameter.Values);
            _parameters.FromStored(parameter, parameter.Values);
        }

        return missing;
    }

    /// <summary>The parameters as a Hugging Face checkpoint holds them, names and shapes; read while they are written.</summary>
    public IReadOnlyList<StreamedTensor> Save() =>
        [.. Parameters.Select(parameter => new StreamedTensor(
            parameter.Name, TensorType.F32, _parameters.StoredShape(parameter), Blocks(parameter)))];

    /// <summary>The logits of some tokens of a batch: of the classes, or of the vocabulary.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="rows">The tokens' rows in the batch, each once: the first tokens for a classifier.</param>
    internal Variable Logits(TokenBatch batch, int[] rows) => _head.Apply(Tape, _encoder.Apply(Tape, batch, rows));

    /// <inheritdoc/>
    public void Dispose()
    {
        Tape.Dispose();
        _encoder.Dispose();
        _parameters.Dispose();
    }

    private IEnumerable<ReadOnlyMemory<byte>> Blocks(Parameter parameter)
    {
        const int Block = 1 << 20;
        int length = parameter.Values.Length;
        byte[] bytes = new byte[Math.Min(Block, length) * sizeof(float)];
        for (int start = 0; start < length; start += Block)
        {
            Memory<byte> block = bytes.AsMemory(0, Math.Min(Block, length - start) * sizeof(float));
            _parameters.CopyStored(parameter, start, MemoryMarshal.Cast<byte, float>(block.Span));
            yield return block;
        }
    }
}

/// <summary>What stands on an encoder.</summary>
public enum DebertaV2Head
{
    /// <summary>Pooler and classifier of the first token.</summary>
    Classifier,

    /// <summary>Dense, GELU, layer norm and the tied decoder of masked tokens.</summary>
    MaskedLanguage,
}
