namespace Picket.Evaluation;

/// <summary>
/// The figures of a guard on one set of rows; the positive class is unsafe. A figure that is not defined is <see langword="null"/>:
/// rows of one class leave only <see cref="FalsePositiveRate"/> (all safe) or <see cref="Recall"/> (all unsafe).
/// </summary>
public sealed record GuardMetrics
{
    internal static readonly int MetricCount = Enum.GetValues<Metric>().Length;

    /// <summary>Labelled rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows labelled unsafe.</summary>
    public required int UnsafeRows { get; init; }

    /// <summary>2 TP / (2 TP + FP + FN) at the threshold.</summary>
    public Estimate? F1 { get; init; }

    /// <summary>TP / (TP + FP) at the threshold; <see langword="null"/> when no row is flagged.</summary>
    public Estimate? Precision { get; init; }

    /// <summary>TP / (TP + FN) at the threshold.</summary>
    public Estimate? Recall { get; init; }

    /// <summary>(TP + TN) / rows at the threshold.</summary>
    public Estimate? Accuracy { get; init; }

    /// <summary>FP / (FP + TN) at the threshold.</summary>
    public Estimate? FalsePositiveRate { get; init; }

    /// <summary>The largest F1 over all thresholds. It is chosen on these very rows and so flatters the guard.</summary>
    public Estimate? BestF1 { get; init; }

    /// <summary>The highest threshold that gives <see cref="BestF1"/>.</summary>
    public Estimate? BestF1Threshold { get; init; }

    /// <summary>
    /// Area under the precision-recall curve as average precision: the sum over distinct scores, highest first, of
    /// (R_k - R_(k-1)) P_k; rows with equal scores enter together (scikit-learn, <c>average_precision_score</c>).
    /// </summary>
    public Estimate? Auprc { get; init; }

    /// <summary>
    /// Area under the ROC curve: the probability that an unsafe row scores above a safe one, an equal score counting one half
    /// (scikit-learn, <c>roc_auc_score</c>).
    /// </summary>
    public Estimate? Auroc { get; init; }

    /// <summary>The largest recall over all thresholds whose false-positive rate is at most 1 %.</summary>
    public Estimate? RecallAtFpr1 { get; init; }

    /// <summary>The largest recall over all thresholds whose false-positive rate is at most 5 %.</summary>
    public Estimate? RecallAtFpr5 { get; init; }

    /// <summary>
    /// Expected calibration error of the unsafe probability: over 15 bins [b/15, (b+1)/15), the last one closed, the sum of
    /// (rows in bin / rows) |unsafe share in bin - mean probability in bin| (Naeini et al. 2015, for the unsafe class).
    /// </summary>
    public Estimate? Ece { get; init; }

    /// <summary>Mean of (probability - label) squared.</summary>
    public Estimate? Brier { get; init; }

    /// <summary>Computes every figure with its interval.</summary>
    /// <param name="rows">Scored rows in any order; the order matters only to which rows a seed draws.</param>
    /// <param name="options">Threshold and bootstrap; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Looked at between resamples.</param>
    /// <exception cref="PicketException">A probability is not in [0, 1], or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static GuardMetrics Compute(
        IReadOnlyList<ScoredLabel> rows, MetricsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new MetricsOptions();
        options.Validate();
        var table = ScoreTable.Create(rows);
        var values = new double[MetricCount];
        new MetricCalculator(table, options.Threshold).Compute(table.Counts, values);
        (double Low, double High)?[] intervals = Bootstrap.Intervals(table, options, cancellationToken);
        return Create(table.Rows, table.UnsafeRows, metric =>
        {
            double value = values[(int)metric];
            return double.IsNaN(value) ? null : new Estimate(value, intervals[(int)metric]?.Low, intervals[(int)metric]?.High);
        });
    }

    /// <summary>
    /// The mean of each figure over several sets, each set counting once, over the sets where it is defined; without intervals.
    /// <see cref="BestF1Threshold"/> has no mean. Rows are summed.
    /// </summary>
    public static GuardMetrics MacroMean(IReadOnlyCollection<GuardMetrics> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        return Create(sets.Sum(set => set.Rows), sets.Sum(set => set.UnsafeRows), metric =>
        {
            double[] defined = [.. sets.Select(set => set.Get(metric)).OfType<Estimate>().Select(estimate => estimate.Value)];
            return defined.Length == 0 || metric == Metric.BestF1Threshold ? null : new Estimate(defined.Average());
        });
    }

    internal Estimate? Get(Metric metric) => metric switch
    {
        Metric.F1 => F1,
        Metric.Precision => Precision,
        Metric.Recall => Recall,
        Metric.Accuracy => Accuracy,
        Metric.FalsePositiveRate => FalsePositiveRate,
        Metric.BestF1 => BestF1,
        Metric.BestF1Threshold => BestF1Threshold,
        Metric.Auprc => Auprc,
        Metric.Auroc => Auroc,
        Metric.RecallAtFpr1 => RecallAtFpr1,
        Metric.RecallAtFpr5 => RecallAtFpr5,
        Metric.Ece => Ece,
        Metric.Brier => Brier,
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    private static GuardMetrics Create(int rows, int unsafeRows, Func<Metric, Estimate?> figure) => new()
    {
        Rows = rows,
        UnsafeRows = unsafeRows,
        F1 = figure(Metric.F1),
        Precision = figure(Metric.Precision),
        Recall = figure(Metric.Recall),
        Accuracy = figure(Metric.Accuracy),
        FalsePositiveRate = figure(Metric.FalsePositiveRate),
        BestF1 = figure(Metric.BestF1),
        BestF1Threshold = figure(Metric.BestF1Threshold),
        Auprc = figure(Metric.Auprc),
        Auroc = figure(Metric.Auroc),
        RecallAtFpr1 = figure(Metric.RecallAtFpr1),
        RecallAtFpr5 = figure(Metric.RecallAtFpr5),
        Ece = figure(Metric.Ece),
        Brier = figure(Metric.Brier),
    };
}
