using System.Collections.Concurrent;
using System.Diagnostics;
using Picket.Compute;
using Picket.Models.Bundles;
using Picket.Models.Tokenization;

namespace Picket.Models.DebertaV2;

/// <summary>
/// A guard over a <see cref="DebertaV2Network"/>: [CLS] prompt [SEP], or [CLS] prompt [SEP] response [SEP], to the probability that the
/// prompt, or the response where there is one, is unsafe.
/// </summary>
/// <remarks>
/// <para>An input longer than the model's window is scored in overlapping windows of tokens and the highest score counts; the features are the
/// last hidden vector of that window's first token. Inputs share passes, and no score depends on what it shared a pass with.</para>
/// <para>Scoring runs on the thread pool, one pass at a time, each on all threads of the guard: calls from several threads take turns pass by
/// pass. A cancellation is seen between passes. Beyond the scores a call allocates nothing that grows with its inputs.</para>
/// </remarks>
public sealed class DebertaV2Guard : IGuard
{
    /// <summary>The <see cref="GuardManifest.Kind"/> of such a guard's bundle.</summary>
    public const string Kind = DebertaV2Config.ModelType;

    // One span "tokenise" a pass, for the texts of a pass are read when their turn comes.
    private static readonly ActivitySource Spans = new("Picket.Models");

    private readonly DebertaV2Network _network;
    private readonly ComputeContext _context;
    private readonly DebertaV2Scratch _scratch;
    private readonly Func<WindowReader> _createReader;
    private readonly int _unsafeLabel;
    private readonly double _temperature;
    private readonly ConcurrentBag<(WindowReader Reader, ScoreCollector Collector)> _calls = [];
    private readonly SemaphoreSlim _turn = new(1);
    private bool _disposed;

    private DebertaV2Guard(
        DebertaV2Network network,
        ComputeContext context,
        UnigramTokenizer tokenizer,
        DebertaV2Settings settings,
        GuardManifest manifest,
        int passTokens)
    {
        _network = network;
        _context = context;
        _scratch = network.CreateScratch();
        _createReader = () => new WindowReader(tokenizer, settings, passTokens);
        _unsafeLabel = settings.UnsafeLabel;
        _temperature = manifest.Temperature;
        Description = new GuardDescription(manifest.Name, Kind, network.Config.HiddenSize, settings.MaxTokens!.Value, manifest.Threshold);
    }

    /// <inheritdoc/>
    public GuardDescription Description { get; }

    /// <summary>Loads the guard of an opened bundle, or of a folder of Hugging Face's.</summary>
    /// <exception cref="PicketException">A file is absent or damaged, or the files do not fit each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static DebertaV2Guard Load(Bundle bundle, DebertaV2GuardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        options ??= new DebertaV2GuardOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PassTokens, 1, nameof(options));
        using Formats.TensorSource weights = bundle.OpenWeights();
        return Load(bundle, weights, options);
    }

    /// <summary>Loads the guard of a bundle with weights from elsewhere, which may be disposed of afterwards.</summary>
    internal static DebertaV2Guard Load(Bundle bundle, Formats.TensorSource weights, DebertaV2GuardOptions options)
    {
        (DebertaV2Config config, DebertaV2Settings settings) = DebertaV2Bundle.Read(bundle);
        UnigramTokenizer tokenizer = BundleTokenizer.Load(bundle, settings, config);
        var context = new ComputeContext(options.Compute);
        try
        {
            var network = DebertaV2Network.Load(weights, config, context, options.Linear);
            return new DebertaV2Guard(network, context, tokenizer, settings, bundle.Manifest, options.PassTokens);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The guard is disposed.</exception>
    /// <exception cref="PicketException">The weights give no number.</exception>
    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new ValueTask<IReadOnlyList<GuardScore>>(Task.Run(() => ScoreOnPoolAsync(inputs, cancellationToken), cancellationToken));
    }

    /// <summary>Waits for the pass that runs, if one does, and frees the network.</summary>
    /// <remarks>Calls that have passes left end in <see cref="ObjectDisposedException"/>.</remarks>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        if (!_disposed)
        {
            _disposed = true;
            _scratch.Dispose();
            _network.Dispose();
            _context.Dispose();
        }

        _turn.Release();
    }

    private async Task<IReadOnlyList<GuardScore>> ScoreOnPoolAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken)
    {
        (WindowReader reader, ScoreCollector collector) = _calls.TryTake(out var used) ? used : (_createReader(), new ScoreCollector());
        try
        {
            reader.Begin(inputs);
            collector.Begin(inputs.Count);
            while (Tokenise(reader))
            {
                await _turn.WaitAsync(cancellationToken);
                try
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    ObjectDisposedException.ThrowIf(_disposed, this);
                    RunPass(reader, collector);
                }
                finally
                {
                    _turn.Release();
                }
            }

            return collector.Finish();
        }
        finally
        {
            reader.Begin([]);
            collector.Begin(0);
            _calls.Add((reader, collector));
        }
    }

    private static bool Tokenise(WindowReader reader)
    {
        using Activity? span = Spans.StartActivity("tokenise");
        return reader.ReadBatch();
    }

    private void RunPass(WindowReader reader, ScoreCollector collector)
    {
        RaggedBatch batch = reader.Batch;
        DebertaV2Result result = _network.Run(_context, batch, _scratch);
        for (int i = 0; i < batch.Count; i++)
        {
            collector.Add(reader.Owners[i], batch.Starts[i + 1] - batch.Starts[i], Probability(result.Logits[i]), result.Features[i]);
        }
    }

    /// <summary>The unsafe class's share: softmax of the logits divided by the temperature.</summary>
    private double Probability(ReadOnlySpan<float> logits)
    {
        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(((double)logit - logits[_unsafeLabel]) / _temperature);
        }

        // A NaN is above no threshold: a guard with damaged weights would call everything safe.
        return double.IsNaN(sum)
            ? throw new PicketException($"guard {Description.Name}: expected numbers as logits, found others; the weights are damaged")
            : 1 / sum;
    }
}
