using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>A DeBERTa-v2 or -v3 that learns: its parameters under Hugging Face's names, and its passes.</summary>
public sealed class TrainableDebertaV2 : IDisposable
{
    /// <summary>A model whose parameters are zero until they are initialised or loaded.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="head">What stands on the encoder.</param>
    /// <param name="options">Dropout and checkpointing.</param>
    /// <param name="context">Threads and instruction set; the caller disposes of it later.</param>
    public TrainableDebertaV2(DebertaV2Config config, DebertaV2Head head, StudentOptions options, ComputeContext context) =>
        throw new NotSupportedException();

    /// <summary>The parameters, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters => throw new NotSupportedException();

    /// <summary>Normal of deviation 0.02 for matrices, ones and zeros for layer norms and biases, as Hugging Face initialises.</summary>
    public void Initialise(int seed) => throw new NotSupportedException();

    /// <summary>Takes over what a checkpoint has; an encoder weight that is missing is a fault, the head's may be missing and are then left.</summary>
    /// <returns>The names of the head's parameters that the checkpoint lacks.</returns>
    /// <exception cref="Picket.PicketException">A tensor is absent or has another shape.</exception>
    public IReadOnlyList<string> Load(TensorSource source) => throw new NotSupportedException();

    /// <summary>The parameters as a Hugging Face checkpoint holds them, names and shapes; read while they are written.</summary>
    public IReadOnlyList<StreamedTensor> Save() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException();
}

/// <summary>What stands on an encoder.</summary>
public enum DebertaV2Head
{
    /// <summary>Pooler and classifier of the first token.</summary>
    Classifier,

    /// <summary>Dense, GELU, layer norm and the tied decoder of masked tokens.</summary>
    MaskedLanguage,
}

/// <summary>A row that a student learns from.</summary>
/// <param name="Id">For errors.</param>
/// <param name="Tokens">Special ones included.</param>
/// <param name="Target">
/// The probability of unsafe that the loss is the cross-entropy to: (1 - λ) teacher + λ label, since both terms of the loss are linear in theirs.
/// </param>
/// <param name="Constant">What is subtracted from that cross-entropy: (1 - λ) times the entropy of the teacher's probability, which makes its term a KL.</param>
/// <param name="Unsafe">The class that it is drawn by.</param>
public sealed record LabelledTokens(string Id, int[] Tokens, double Target, double Constant, bool Unsafe);
