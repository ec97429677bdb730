using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Quantisation;

/// <summary>Which tensors there are, and which units can become what is wanted.</summary>
/// <param name="Config">The shape.</param>
/// <param name="Tensors">All that the network reads.</param>
/// <param name="Weights">What matrices become.</param>
/// <param name="OutOfRange">Units that cannot, each with the reason.</param>
/// <param name="Bytes">Length of the tensors as they are stored.</param>
internal sealed record QuantisationPlan(
    DebertaV2Config Config, IReadOnlyList<NetworkTensor> Tensors, QuantisedWeights Weights, IReadOnlyDictionary<string, string> OutOfRange, long Bytes)
{
    /// <summary>The units that can be quantised.</summary>
    public IReadOnlyList<string> Units { get; } =
        [.. Tensors.Select(static tensor => tensor.Unit).OfType<string>().Distinct().Where(unit => !OutOfRange.ContainsKey(unit))];

    /// <summary>Looks the tensors up and, for 16-bit floats, through: what they become is written before their data are.</summary>
    /// <exception cref="PicketException">A tensor is absent, has another shape, is no float any more, or holds NaN or an infinity.</exception>
    public static QuantisationPlan Of(
        DebertaV2Config config, TensorSource source, QuantisedWeights weights, CancellationToken cancellationToken)
    {
        IReadOnlyList<NetworkTensor> tensors = NetworkTensor.Of(config);
        long bytes = 0;
        foreach (NetworkTensor tensor in tensors)
        {
            TensorInfo info = source.Info(tensor.Name);
            bytes += info.Bytes;
            if (info.Type == TensorType.I8 || !info.Shape.SequenceEqual(tensor.Shape))
            {
                string reason = info.Type == TensorType.I8 ? "; a guard is quantised once, from its floats" : "";
                throw new PicketException(
                    $"{source.Path}: tensor {tensor.Name}: expected F32, F16 or BF16 [{string.Join(", ", tensor.Shape)}], found {info}{reason}");
            }
        }

        var outOfRange = new Dictionary<string, string>();
        foreach (NetworkTensor tensor in tensors.Where(tensor => weights == QuantisedWeights.Fp16 && tensor.Unit is not null))
        {
            float largest = Largest(source, tensor, cancellationToken);
            if (largest >= HalfQuantiser.TooGreat)
            {
                outOfRange[tensor.Unit!] = $"{tensor.Name} holds {largest:G4}, and 16-bit floats end at 65504";
            }
        }

        return new QuantisationPlan(config, tensors, weights, outOfRange, bytes);
    }

    /// <summary>The tensors to write when <paramref name="quantised"/> are the units that are quantised.</summary>
    public IReadOnlyList<StreamedTensor> Convert(TensorConversion conversion, IReadOnlySet<string> quantised) =>
    [
        .. Tensors.SelectMany(tensor => Convert(conversion, tensor, tensor.Unit is { } unit && quantised.Contains(unit))),
    ];

    private IEnumerable<StreamedTensor> Convert(TensorConversion conversion, NetworkTensor tensor, bool quantised)
    {
        if (!quantised)
        {
            return [conversion.ToFloats(tensor)];
        }

        if (Weights == QuantisedWeights.Fp16)
        {
            return [conversion.ToHalves(tensor)];
        }

        IEnumerable<StreamedTensor> numbers = conversion.ToInt8(tensor);
        return tensor.Projection is { } projection ? numbers.Append(conversion.ToPositions(projection, Config)) : numbers;
    }

    private static float Largest(TensorSource source, NetworkTensor tensor, CancellationToken cancellationToken)
    {
        float largest = 0;
        int row = 0;
        foreach (Memory<float> rows in FloatRows.Blocks(source, tensor, cancellationToken))
        {
            largest = MathF.Max(largest, HalfQuantiser.LargestMagnitude(rows.Span));
            if (!float.IsFinite(largest))
            {
                throw NotFinite(source, tensor, row + RowNotFinite(rows.Span, FloatRows.Width(tensor)));
            }

            row += rows.Length / FloatRows.Width(tensor);
        }

        return largest;
    }

    /// <summary>The error for a row with NaN or an infinity.</summary>
    public static PicketException NotFinite(TensorSource source, NetworkTensor tensor, int row) => new(
        $"{source.Path}: tensor {tensor.Name}: expected finite numbers, found others in row {row}; the weights are damaged");

    private static int RowNotFinite(ReadOnlySpan<float> rows, int width)
    {
        int row = 0;
        while (float.IsFinite(HalfQuantiser.LargestMagnitude(rows.Slice(row * width, width))))
        {
            row++;
        }

        return row;
    }
}
