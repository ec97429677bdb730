using Picket.Compute;
using Picket.Models.Bundles;

namespace Picket.Models.DebertaV2;

/// <summary>The ways of keeping weights.</summary>
public static class LinearFactories
{
    /// <summary>32-bit floats.</summary>
    public static LinearFactory Fp32 { get; } =
        static source => new FloatLinear(source.ReadWeights(), source.ReadBias(), source.Context);

    /// <summary>16-bit floats: half the memory and the traffic; exact where the checkpoint holds such.</summary>
    /// <remarks>A weight beyond 65,504 ends in a <see cref="PicketException"/>.</remarks>
    public static LinearFactory Fp16 { get; } = static source =>
    {
        try
        {
            return new HalfLinear(source.ReadWeights(), source.ReadBias(), source.Context);
        }
        catch (ArgumentException fault)
        {
            throw new PicketException($"{source.Names[0]}.weight: expected weights within 16-bit floats, found others", fault);
        }
    };

    /// <summary>The way that a bundle's <see cref="DebertaV2Settings.Weights"/> names.</summary>
    /// <exception cref="PicketException">There is no such way.</exception>
    internal static LinearFactory ByName(string weights, Bundle bundle) => weights switch
    {
        "fp32" => Fp32,
        "fp16" => Fp16,
        string other => throw new PicketException(
            $"{Path.Combine(bundle.Folder, GuardManifest.FileName)}, field \"deberta\": weights: expected fp32 or fp16, found {other}"),
    };
}
