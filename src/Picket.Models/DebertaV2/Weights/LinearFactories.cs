using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>The ways of keeping weights.</summary>
public static class LinearFactories
{
    /// <summary>32-bit floats.</summary>
    public static LinearFactory Fp32 { get; } =
        static source => new FloatLinear(source.ReadWeights(), source.ReadBias(), source.Context);
}
