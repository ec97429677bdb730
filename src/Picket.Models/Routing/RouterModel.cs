using System.Runtime.InteropServices;
using Picket.Models.Formats;

namespace Picket.Models.Routing;

/// <summary>A router as it is learned and stored: a manifest and tensors. <see cref="CreateRouter"/> makes the one that decides.</summary>
/// <remarks>
/// Tensors, all F32: <c>layers.N.weight</c> [outputs, inputs], <c>layers.N.bias</c>; of hidden layers <c>layers.N.gain</c> and
/// <c>layers.N.shift</c>; of a Bayesian router also <c>layers.N.weight.deviation</c> and <c>layers.N.bias.deviation</c>, the posterior's standard
/// deviations; <c>inputs.mean</c>, which is subtracted from the inputs, where there is one; of the region <c>region.mean</c>, <c>region.directions</c> [directions, features] and <c>region.variances</c>.
/// </remarks>
/// <param name="Manifest">What it is.</param>
/// <param name="Tensors">Its parameters by name; none for a router that was not learned.</param>
public sealed record RouterModel(RouterManifest Manifest, IReadOnlyDictionary<string, Tensor> Tensors)
{
    /// <summary>The tensor that is subtracted from the inputs.</summary>
    public const string MeanTensor = "inputs.mean";

    private const int Layers = 3;

    /// <summary>A router that has nothing to learn: entropy, random, always or never.</summary>
    /// <param name="kind">Its kind.</param>
    public static RouterModel Plain(string kind) => new(new RouterManifest { Kind = kind }, new Dictionary<string, Tensor>());

    /// <summary>The same router with a calibrated threshold.</summary>
    /// <param name="form"><c>budget</c> or <c>risk</c>.</param>
    /// <param name="found">What the calibration found.</param>
    public RouterModel With(string form, CalibratedThreshold found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return this with { Manifest = Manifest with { Threshold = found.Threshold, Calibration = RouterCalibration.Of(form, found) } };
    }

    /// <summary>The router that decides.</summary>
    /// <exception cref="PicketException">A tensor is absent, of another shape, or not finite.</exception>
    public IRouter CreateRouter() => Manifest.Kind switch
    {
        RouterKinds.Always => new AlwaysRouter(),
        RouterKinds.Never => new NeverRouter(),
        _ => new HardnessRouter(CreateHardness(), Manifest.Threshold, CreateRegion(), Manifest.Calibration?.Share),
    };

    /// <summary>What orders the inputs, without the threshold.</summary>
    /// <exception cref="PicketException">As <see cref="CreateRouter"/>, or the router is one that has no order.</exception>
    public IHardness CreateHardness()
    {
        string name = Manifest.Name ?? Manifest.Kind;
        try
        {
            return Manifest.Kind switch
            {
                RouterKinds.Entropy => new EntropyHardness(Manifest.Temperature, Manifest.Offset, name),
                RouterKinds.Random => new RandomHardness(Manifest.Seed),
                _ when RouterKinds.IsLearned(Manifest.Kind) => new NetworkHardness(name, Networks(), Manifest.UsesScore),
                _ => throw new PicketException($"router {name}: expected a kind that orders inputs, found {Manifest.Kind}"),
            };
        }
        catch (ArgumentException fault)
        {
            throw new PicketException($"router {name}: {fault.Message}".ReplaceLineEndings(" "), fault);
        }
    }

    /// <summary>Where the router was learned; <see langword="null"/> without such a check.</summary>
    /// <exception cref="PicketException">As <see cref="CreateRouter"/>.</exception>
    public FeatureRegion? CreateRegion()
    {
        if (Manifest.RegionLimit is not { } limit)
        {
            return null;
        }

        float[] variances = Floats("region.variances");
        try
        {
            return new FeatureRegion(
                Floats("region.mean", Manifest.FeatureWidth),
                Floats("region.directions", variances.Length, Manifest.FeatureWidth),
                variances,
                Manifest.RegionRest ?? 0,
                limit);
        }
        catch (ArgumentException fault)
        {
            throw new PicketException($"router {Manifest.Name ?? Manifest.Kind}: region: {fault.Message}".ReplaceLineEndings(" "), fault);
        }
    }

    private RouterNetwork[] Networks()
    {
        if (Manifest.Kind != RouterKinds.Bayes || Manifest.Samples == 0)
        {
            return [Network(static (_, values) => values)];
        }

        return [.. Enumerable.Range(0, Manifest.Samples).Select(sample =>
        {
            var draws = new NormalDraws(Manifest.Seed, sample);
            return Network((name, means) => draws.Around(means, Floats($"{name}.deviation", [.. Tensors[name].Shape])));
        })];
    }

    private RouterNetwork Network(Func<string, float[], float[]> draw)
    {
        int inputs = Manifest.FeatureWidth + (Manifest.UsesScore ? RouterInputs.ScoreInputs : 0);
        int outputs = RouterKinds.Outputs(Manifest.Kind);
        int[] widths = Manifest.Hidden == 0
            ? [inputs, outputs]
            : [inputs, .. Enumerable.Repeat(Manifest.Hidden, Layers - 1), outputs];
        RouterLayer[] layers = [.. Enumerable.Range(0, widths.Length - 1).Select(i => new RouterLayer(
            draw($"layers.{i}.weight", Floats($"layers.{i}.weight", widths[i + 1], widths[i])),
            draw($"layers.{i}.bias", Floats($"layers.{i}.bias", widths[i + 1])),
            i < widths.Length - 2 ? Floats($"layers.{i}.gain", widths[i + 1]) : null,
            i < widths.Length - 2 ? Floats($"layers.{i}.shift", widths[i + 1]) : null))];
        if (Tensors.ContainsKey(MeanTensor))
        {
            Centre(layers[0], Floats(MeanTensor, inputs));
        }

        return new RouterNetwork(layers);
    }

    // W (x - mean) + b = W x + (b - W mean): a decision needs no copy of its features.
    private static void Centre(RouterLayer layer, float[] mean)
    {
        for (int row = 0; row < layer.Bias.Length; row++)
        {
            double sum = 0;
            for (int i = 0; i < mean.Length; i++)
            {
                sum += (double)layer.Weights[(row * mean.Length) + i] * mean[i];
            }

            layer.Bias[row] -= (float)sum;
        }
    }

    private float[] Floats(string name, params int[] shape)
    {
        if (!Tensors.TryGetValue(name, out Tensor? tensor))
        {
            throw new PicketException($"router {Manifest.Name ?? Manifest.Kind}: expected a tensor {name}, found none among {Tensors.Count}");
        }

        bool fits = tensor.Type == TensorType.F32 && (shape.Length == 0 || tensor.Shape.SequenceEqual(shape));
        return fits
            ? MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray()
            : throw new PicketException(
                $"router {Manifest.Name ?? Manifest.Kind}: tensor {name}: expected F32 [{string.Join(", ", shape)}], "
                + $"found {tensor.Type} [{string.Join(", ", tensor.Shape)}]");
    }
}
