namespace Picket.Models.Formats;

/// <summary>What a safetensors file says of a tensor whose type Picket reads.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Bytes">Length of its data.</param>
public sealed record TensorInfo(TensorType Type, IReadOnlyList<int> Shape, long Bytes)
{
    /// <summary>Its type and shape as errors show them, such as <c>F32 [2, 3]</c>.</summary>
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
