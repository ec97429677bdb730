using Picket.Compute;
using Picket.Training.Optimisation;

namespace Picket.Training.RouterTraining;

/// <summary>
/// SafeRoute's training (METHODS 2.2): linear, LayerNorm, ReLU, linear, LayerNorm, ReLU, linear; the weights of a batch are drawn once from the
/// posterior; loss = binary cross-entropy + weight x mean divergence from the prior. Without a deviation it is a plain network, and with two
/// targets a row the cross-entropies add up.
/// </summary>
internal sealed class RouterNetworkTraining : IDisposable
{
    private readonly RouterData _data;
    private readonly RouterTrainingOptions _options;
    private readonly ComputeContext _context;
    private readonly ProductScratch _scratch = new();
    private readonly MatrixBuffer<float> _batch = new();
    private readonly MatrixBuffer<float>[] _gradients = [new(), new(), new()];
    private readonly float _divergence;
    private readonly (PosteriorArray Array, int Block, int Place)[] _blocks;

    public RouterNetworkTraining(RouterData data, int outputs, int hidden, RouterTrainingOptions options, bool bayesian, ComputeContext context)
    {
        _data = data;
        _options = options;
        _context = context;
        var random = new Random(options.Seed);
        double deviation = bayesian ? options.PriorDeviation : 0;
        Layers =
        [
            new RouterTrainingLayer(data.Width, hidden, norm: true, random, deviation),
            new RouterTrainingLayer(hidden, hidden, norm: true, random, deviation),
            new RouterTrainingLayer(hidden, outputs, norm: false, random, deviation),
        ];
        PosteriorArray[] arrays = [.. Layers.SelectMany(static layer => layer.Arrays)];
        _divergence = (float)(options.DivergenceWeight / arrays.Where(static array => array.IsRandom).Sum(static array => (double)array.Length));
        _blocks = [.. arrays.SelectMany((array, i) => Enumerable.Range(0, array.Blocks).Select(block => (array, block, i)))];
    }

    public RouterTrainingLayer[] Layers { get; }

    /// <summary>Learns. The same rows, options and seed give the same bits, whatever the number of threads.</summary>
    /// <param name="targets">Of each learned row, as many as there are outputs, side by side.</param>
    /// <param name="hard">The class of each learned row where batches are balanced; otherwise <see langword="null"/>.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellationToken">Seen before every update.</param>
    public void Run(float[] targets, bool[]? hard, IProgress<RouterProgress>? progress, CancellationToken cancellationToken)
    {
        var settings = new TrainingSettings
        {
            Epochs = _options.Epochs,
            BatchSize = _options.BatchSize,
            Seed = _options.Seed,
            Balanced = hard is not null,
        };
        var sampler = new BatchSampler(_data.Learned.Length, hard is null ? null : row => hard[row], settings);
        var schedule = new LearningRateSchedule(_options.LearningRate, _options.WarmupSteps, sampler.Steps);
        double loss = 0;
        _context.Run(_blocks.Length, new DrawWork(this, DrawSeed(1)));
        for (long step = 1; step <= sampler.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = sampler.Batch(step);
            loss += Pass(rows, targets) / sampler.StepsPerEpoch;
            _context.Run(_blocks.Length, new StepWork(this, Constants(step, schedule.At(step)), DrawSeed(step + 1)));
            if (sampler.EndsEpoch(step))
            {
                if (!double.IsFinite(loss))
                {
                    throw new PicketException($"training, epoch {sampler.Epoch(step)}: expected a finite loss, found none; lower the learning rate");
                }

                progress?.Report(new RouterProgress(sampler.Epoch(step), _options.Epochs, loss));
                loss = 0;
            }
        }
    }

    /// <summary>Forward and backward pass over some learned rows, with the weights as they are drawn; returns the mean cross-entropy.</summary>
    internal double Pass(int[] rows, float[] targets)
    {
        // Draws with replacement repeat rows, of a rare class often; all of a batch see the same weights, so each is computed once.
        (int Row, float Share)[] distinct = [.. rows.CountBy(static row => row).Select(pair => (pair.Key, (float)pair.Value / rows.Length))];
        Matrix<float> batch = _batch.Shape(distinct.Length, _data.Width);
        _context.Run(distinct.Length, new GatherWork(_data, distinct, batch));

        Matrix<float> first = Layers[0].Forward(_context, batch, _scratch);
        Matrix<float> second = Layers[1].Forward(_context, first, _scratch);
        Matrix<float> logits = Layers[2].Forward(_context, second, _scratch);
        Matrix<float> top = _gradients[2].Shape(distinct.Length, Layers[2].Outputs);
        double loss = 0;
        for (int i = 0; i < distinct.Length; i++)
        {
            for (int o = 0; o < logits.Columns; o++)
            {
                double logit = logits[i][o];
                float target = targets[(distinct[i].Row * logits.Columns) + o];
                loss += (Logistic.SoftPlus(logit) - (target * logit)) * distinct[i].Share;
                top[i][o] = (float)(((1 / (1 + Math.Exp(-logit))) - target) * distinct[i].Share);
            }
        }

        Matrix<float> middle = _gradients[1].Shape(distinct.Length, Layers[1].Outputs);
        Matrix<float> low = _gradients[0].Shape(distinct.Length, Layers[0].Outputs);
        Layers[2].Backward(_context, second, top, middle, _scratch);
        Layers[1].Backward(_context, first, middle, low, _scratch);
        Layers[0].Backward(_context, batch, low, null, _scratch);
        return loss;
    }

    public void Dispose()
    {
        foreach (IDisposable part in Layers.Concat<IDisposable>([_scratch, _batch]).Concat(_gradients))
        {
            part.Dispose();
        }
    }

    private ulong DrawSeed(long step) => SplitMix.Seed(_options.Seed, step, 0xD7A3);

    private AdamWStep Constants(long step, double learningRate) => new(
        Size: (float)(learningRate / (1 - Math.Pow(0.9, step))),
        Decay: (float)(learningRate * _options.WeightDecay),
        Beta1: 0.9f,
        Beta2: 0.999f,
        VarianceCorrection: (float)(1 / (1 - Math.Pow(0.999, step))),
        Epsilon: 1e-8f,
        GradientScale: 1);

    private readonly struct GatherWork(RouterData data, (int Row, float Share)[] rows, Matrix<float> batch) : IWork
    {
        public void Execute(int piece, int worker) => data.Inputs[data.Learned[rows[piece].Row]].CopyTo(batch[piece]);
    }

    private readonly struct DrawWork(RouterNetworkTraining owner, ulong seed) : IWork
    {
        public void Execute(int piece, int worker)
        {
            (PosteriorArray array, int block, int place) = owner._blocks[piece];
            array.Draw(block, owner._context.Simd, seed + (ulong)place);
        }
    }

    // The next pass's weights are drawn while a block is in the cache.
    private readonly struct StepWork(RouterNetworkTraining owner, AdamWStep constants, ulong seed) : IWork
    {
        public void Execute(int piece, int worker)
        {
            (PosteriorArray array, int block, int place) = owner._blocks[piece];
            array.Step(block, owner._context.Simd, constants, owner._divergence, (float)owner._options.PriorDeviation);
            array.Draw(block, owner._context.Simd, seed + (ulong)place);
        }
    }
}
