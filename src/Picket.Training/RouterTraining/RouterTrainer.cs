using Picket.Compute;
using Picket.Models.Formats;
using Picket.Models.Routing;

namespace Picket.Training.RouterTraining;

/// <summary>Learns routers from rows that both guards scored.</summary>
public static class RouterTrainer
{
    /// <summary>Learns a router. The same rows, options and seed give the same bits, whatever the number of threads.</summary>
    /// <param name="rows">
    /// With features of one width, or <see cref="RouterTrainingOptions.UseScore"/>. The small guard must not have learned from them: its errors
    /// there would not be those it makes elsewhere.
    /// </param>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told after every epoch of a network.</param>
    /// <param name="groups">
    /// One a row, as <see cref="RouteLabeller.Groups"/> gives them: rows of one group, such as paraphrases, are all learned from or all held out.
    /// <see langword="null"/> where each row stands for itself.
    /// </param>
    /// <param name="cancellationToken">Seen between updates.</param>
    /// <returns>The router at threshold 0.5 and its figures on the rows held out.</returns>
    /// <exception cref="PicketException">An option is out of its range, or the rows are unfit: too few, of odd widths, of one class.</exception>
    public static RouterTrainingResult Train(
        IReadOnlyList<RoutingRow> rows,
        RouterTrainingOptions? options = null,
        IProgress<RouterProgress>? progress = null,
        IReadOnlyList<string>? groups = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new RouterTrainingOptions();
        options.Validate();
        using var data = new RouterData(rows, options, groups);
        using var context = new ComputeContext(
            new ComputeOptions { Threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads });
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        int hidden = options.Hidden > 0 ? options.Hidden : RouterTrainingOptions.HiddenFor(data.Features);
        if (options.Kind is RouterKinds.Logistic or RouterKinds.Prototype)
        {
            hidden = 0;
            AddLinear(tensors, rows, data, options, context, cancellationToken);
        }
        else
        {
            AddNetwork(tensors, rows, data, hidden, options, context, progress, cancellationToken);
        }

        if (data.Mean is { } mean)
        {
            tensors.Add(RouterModel.MeanTensor, Tensor.From(mean, mean.Length));
        }

        FeatureRegion? region = options.RegionShare is { } share ? RegionFit.Fit(data, rows, share, context) : null;
        AddRegion(tensors, region);
        var manifest = new RouterManifest
        {
            Kind = options.Kind,
            FeatureWidth = data.Features,
            UsesScore = options.UseScore,
            Hidden = hidden,
            Samples = options.Kind == RouterKinds.Bayes ? options.Samples : 0,
            Seed = options.Seed,
            RegionLimit = region?.Limit,
            RegionRest = region?.RestVariance,
        };
        return Result(new RouterModel(manifest, tensors), rows, data, options);
    }

    private static void AddLinear(
        Dictionary<string, Tensor> tensors,
        IReadOnlyList<RoutingRow> rows,
        RouterData data,
        RouterTrainingOptions options,
        ComputeContext context,
        CancellationToken cancellationToken)
    {
        bool[] hard = [.. data.Learned.Select(row => rows[row].Hard)];
        double[] found = options.Kind == RouterKinds.Logistic
            ? LogisticFit.Fit(data, hard, options.Ridge, cancellationToken)
            : PrototypeFit.Fit(data, hard, context);
        Add(tensors, "layers.0.weight", Scaled([.. found[..^1].Select(static value => (float)value)], data), 1, data.Width);
        Add(tensors, "layers.0.bias", [(float)found[^1]], 1);
    }

    private static void AddNetwork(
        Dictionary<string, Tensor> tensors,
        IReadOnlyList<RoutingRow> rows,
        RouterData data,
        int hidden,
        RouterTrainingOptions options,
        ComputeContext context,
        IProgress<RouterProgress>? progress,
        CancellationToken cancellationToken)
    {
        bool twoHeads = options.Kind == RouterKinds.TwoHeaded;
        bool bayesian = options.Kind == RouterKinds.Bayes;
        using var training = new RouterNetworkTraining(data, twoHeads ? 2 : 1, hidden, options, bayesian, context);

        // The heads' probabilities are compared with each other, so they see the rows as they come.
        float[] targets =
        [
            .. data.Learned.Select(row => rows[row]).SelectMany(row =>
                twoHeads ? (float[])[row.SmallRight ? 1 : 0, row.LargeRight ? 1 : 0] : [row.Hard ? 1 : 0]),
        ];
        training.Run(targets, twoHeads ? null : [.. data.Learned.Select(row => rows[row].Hard)], progress, cancellationToken);
        for (int i = 0; i < training.Layers.Length; i++)
        {
            RouterTrainingLayer layer = training.Layers[i];
            int inputs = layer.Weights.Length / layer.Outputs;
            Add(tensors, $"layers.{i}.weight", First(layer.Weights.Means), layer.Outputs, inputs);
            Add(tensors, $"layers.{i}.bias", layer.Bias.Means.ToArray(), layer.Outputs);
            if (bayesian)
            {
                Add(tensors, $"layers.{i}.weight.deviation", First(Deviations(layer.Weights)), layer.Outputs, inputs);
                Add(tensors, $"layers.{i}.bias.deviation", Deviations(layer.Bias), layer.Outputs);
            }

            if (layer.Gain is not null)
            {
                Add(tensors, $"layers.{i}.gain", layer.Gain.Means.ToArray(), layer.Outputs);
                Add(tensors, $"layers.{i}.shift", layer.Shift!.Means.ToArray(), layer.Outputs);
            }

            float[] First(Span<float> values) => i == 0 ? Scaled(values.ToArray(), data) : values.ToArray();
        }
    }

    private static float[] Deviations(PosteriorArray array) =>
        [.. array.LogDeviations[..array.Length].ToArray().Select(static log => MathF.Exp(log))];

    // W (scale (x - mean)) = (W scale) (x - mean): what standardised the inputs goes into the first layer.
    private static float[] Scaled(float[] weights, RouterData data)
    {
        for (int i = 0; i < weights.Length && data.Scale is not null; i++)
        {
            weights[i] *= data.Scale[i % data.Width];
        }

        return weights;
    }

    private static void AddRegion(Dictionary<string, Tensor> tensors, FeatureRegion? region)
    {
        if (region is not null)
        {
            Add(tensors, "region.mean", region.Mean.ToArray(), region.Width);
            Add(tensors, "region.directions", region.Directions.ToArray(), region.Variances.Length, region.Width);
            Add(tensors, "region.variances", region.Variances.ToArray(), region.Variances.Length);
        }
    }

    private static void Add(Dictionary<string, Tensor> tensors, string name, float[] values, params int[] shape) =>
        tensors.Add(name, Tensor.From(values, shape));

    private static RouterTrainingResult Result(
        RouterModel model, IReadOnlyList<RoutingRow> rows, RouterData data, RouterTrainingOptions options)
    {
        IHardness hardness = model.CreateHardness();
        RoutingRow[] heldOut = [.. data.HeldOut.Select(row => rows[row])];
        double f1 = RoutingF1(heldOut, [.. heldOut.Select(row => hardness.Measure(row.Small).Probability > model.Manifest.Threshold)]);
        var card = new RouterCard(data.Learned.Length, data.Learned.Count(row => rows[row].Hard), data.HeldOut.Length, f1, options);
        RouterManifest manifest = model.Manifest with { Training = card.ToJson() };
        return new RouterTrainingResult(model with { Manifest = manifest }, card, data.HeldOut);
    }

    /// <summary>F1 of the route against t: 2 TP / (2 TP + FP + FN); 0 where nothing is hard and nothing escalated.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="escalated">What was decided of each.</param>
    public static double RoutingF1(IReadOnlyList<RoutingRow> rows, IReadOnlyList<bool> escalated)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(escalated);
        int both = rows.Where((row, i) => row.Hard && escalated[i]).Count();
        int either = rows.Count(static row => row.Hard) + escalated.Count(static value => value);
        return either == 0 ? 0 : 2.0 * both / either;
    }
}

/// <summary>What came of a training.</summary>
/// <param name="Model">The router, at threshold 0.5.</param>
/// <param name="Card">Its figures, which also stand in its manifest.</param>
/// <param name="HeldOut">
/// Places of the rows that no weight was learned from. They set the region's limit, so a guarantee wants calibration rows of its own.
/// </param>
public sealed record RouterTrainingResult(RouterModel Model, RouterCard Card, IReadOnlyList<int> HeldOut)
{
    /// <summary>The router with what it was made for and from in its file.</summary>
    /// <param name="guard">The small guard's name.</param>
    /// <param name="data">What the files of rows call themselves.</param>
    public RouterModel Named(string guard, IReadOnlyList<string> data) =>
        Model with { Manifest = Model.Manifest with { Guard = guard, Training = (Card with { Data = data }).ToJson() } };
}
