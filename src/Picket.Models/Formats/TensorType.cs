namespace Picket.Models.Formats;

/// <summary>Element types of safetensors files that Picket reads and writes.</summary>
public enum TensorType
{
    /// <summary>8-bit signed integer.</summary>
    I8,

    /// <summary>32-bit IEEE float.</summary>
    F32,
}
