namespace Picket.Models.Formats;

/// <summary>Element types of safetensors files that Picket reads and writes.</summary>
public enum TensorType
{
    /// <summary>32-bit IEEE float.</summary>
    F32,

    /// <summary>16-bit IEEE float.</summary>
    F16,

    /// <summary>16-bit brain float: the upper half of a 32-bit IEEE float.</summary>
    BF16,

    /// <summary>8-bit signed integer.</summary>
    I8,
}
