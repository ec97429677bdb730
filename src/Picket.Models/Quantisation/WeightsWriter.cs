using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.Quantisation;

/// <summary>Writes weights with some units quantised, and tells how far it is.</summary>
internal sealed class WeightsWriter(
    QuantisationPlan plan,
    TensorSource source,
    ComputeOptions compute,
    IProgress<QuantisationProgress>? progress,
    CancellationToken cancellationToken) : IDisposable
{
    // What Hugging Face's loader wants to see in the header.
    private static readonly Dictionary<string, string> s_metadata = new() { ["format"] = "pt" };
    private readonly ComputeContext _context = new(compute);

    /// <summary>Writes a safetensors file.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="quantised">The units that are quantised.</param>
    public void Write(Stream output, IEnumerable<string> quantised)
    {
        IReadOnlyList<StreamedTensor> tensors = plan.Convert(new TensorConversion(source, _context, cancellationToken), quantised.ToHashSet());
        long total = tensors.Sum(static tensor => tensor.Bytes);
        long done = 0;
        Safetensors.WriteStreamed(output, [.. tensors.Select(tensor => tensor with { Blocks = tensor.Blocks.Select(Count) })], s_metadata);

        ReadOnlyMemory<byte> Count(ReadOnlyMemory<byte> block)
        {
            done += block.Length;
            progress?.Report(new QuantisationProgress(QuantisationStage.Writing, (double)done / total));
            return block;
        }
    }

    public void Dispose() => _context.Dispose();
}
