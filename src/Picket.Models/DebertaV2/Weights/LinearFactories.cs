using Picket.Compute;
using Picket.Models.Bundles;

namespace Picket.Models.DebertaV2;

/// <summary>The ways of keeping weights.</summary>
public static class LinearFactories
{
    /// <summary>32-bit floats.</summary>
    public static LinearFactory Fp32 { get; } =
        static source => new FloatLinear(source.ReadWeights(), source.ReadBias(), source.Context);

    /// <summary>The way that a bundle's <see cref="DebertaV2Settings.Weights"/> names.</summary>
    /// <exception cref="PicketException">There is no such way.</exception>
    internal static LinearFactory ByName(string weights, Bundle bundle) => weights switch
    {
        "fp32" => Fp32,
        string other => throw new PicketException(
            $"{Path.Combine(bundle.Folder, GuardManifest.FileName)}, field \"deberta\": weights: expected fp32, found {other}"),
    };
}
