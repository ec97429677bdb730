using System.Runtime.Intrinsics;

namespace Picket.Compute;

/// <summary>The widest vectors that kernels use.</summary>
public enum SimdLevel
{
    /// <summary>128-bit vectors: SSE, Arm, and software where a machine has none.</summary>
    Vector128,

    /// <summary>256-bit vectors: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>512-bit vectors: AVX-512 (F, BW, DQ, VL).</summary>
    Vector512,
}

/// <summary>What this machine has.</summary>
public static class SimdLevels
{
    /// <summary>The widest level that this machine runs in hardware.</summary>
    public static SimdLevel Best { get; } =
        Vector512.IsHardwareAccelerated ? SimdLevel.Vector512
        : Vector256.IsHardwareAccelerated ? SimdLevel.Vector256
        : SimdLevel.Vector128;

    /// <summary>Every level that this machine runs, narrowest first: what a test goes through.</summary>
    public static IReadOnlyList<SimdLevel> All { get; } = [.. Enum.GetValues<SimdLevel>().Where(static level => level <= Best)];
}
