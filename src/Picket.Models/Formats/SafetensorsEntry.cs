namespace Picket.Models.Formats;

/// <summary>One tensor of a safetensors header, whatever its type.</summary>
/// <param name="TypeName">The type as the file names it.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Start">Where its data begin, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsEntry(string TypeName, int[] Shape, long Start, long End)
{
    /// <summary>Type and shape, or <see langword="null"/> when Picket does not read the type.</summary>
    /// <remarks>By name from the list: <c>Enum.TryParse</c> takes "99" for a type, too.</remarks>
    public TensorInfo? Info { get; } =
        Array.IndexOf(Enum.GetNames<TensorType>(), TypeName) is var type and >= 0 ? new TensorInfo((TensorType)type, Shape, End - Start) : null;

    /// <summary>
    /// Bits an element takes, for every type of the format (safetensors 0.7, the Dtype enumeration of its Rust crate), so that ranges are
    /// checked for tensors that nobody reads, too; 0 for a type that a later version added.
    /// </summary>
    public static int Bits(string typeName) => typeName switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" or "F8_E5M2FNUZ" or "F8_E4M3FNUZ" => 8,
        "I16" or "U16" or "F16" or "BF16" => 16,
        "I32" or "U32" or "F32" => 32,
        "I64" or "U64" or "F64" or "C64" => 64,
        _ => 0,
    };
}
