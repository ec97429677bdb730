using System.Diagnostics;
using Picket.Compute;
using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Benchmarks;

/// <summary>What a decision of each router costs at 512 features, and what SafeRoute's training costs at 2,048 (METHODS 2.2).</summary>
internal static class RouteTimer
{
    private const int DecisionFeatures = 512;
    private const int TrainingFeatures = 2048;
    private const int TrainingRows = 20_000;
    private const double HardShare = 0.05;
    private const int Epochs = 1000;

    /// <summary>Times decisions, and some epochs of the training, and says what all of them would take.</summary>
    /// <param name="epochs">Epochs to time, behind two that are not.</param>
    public static void Run(int epochs)
    {
        RoutingRow[] few = Rows(400, DecisionFeatures);
        foreach (string kind in RouterKinds.All)
        {
            RouterModel model = RouterKinds.IsLearned(kind)
                ? RouterTrainer.Train(few, new RouterTrainingOptions { Kind = kind, Epochs = 1 }).Model
                : RouterModel.Plain(kind);
            Decisions(kind, model.CreateRouter(), few);
        }

        Decisions(
            "bayes of width 512",
            RouterTrainer.Train(few, new RouterTrainingOptions { Epochs = 1, Hidden = 512 }).Model.CreateRouter(),
            few);
        Products();
        Training(epochs);
    }

    private static void Decisions(string name, IRouter router, RoutingRow[] rows)
    {
        var times = new List<double>();
        int escalated = 0;
        for (int round = 0; round < 60; round++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (RoutingRow row in rows)
            {
                escalated += router.Decide(row.Small).Escalate ? 1 : 0;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows.Length);
        }

        times.Sort();
        Console.WriteLine($"{name,-20} {times[times.Count / 2],8:0.000} us a decision at {DecisionFeatures} features, {escalated} escalated");
    }

    // What the products of one update take by themselves: those of the first layer, and of the second; the third's are nothing.
    private static void Products()
    {
        const int Batch = 512;
        const int Width = 512;
        using var context = new ComputeContext(new ComputeOptions { Threads = Environment.ProcessorCount });
        using var scratch = new ProductScratch();
        using var buffers = new MatrixBuffers();
        double seconds = 0;
        double operations = 0;
        foreach (int inputs in (int[])[TrainingFeatures, Width])
        {
            Matrix<float> input = buffers.Make(Batch, inputs);
            Matrix<float> weights = buffers.Make(Width, inputs);
            Matrix<float> output = buffers.Make(Batch, Width);
            Matrix<float> slopes = buffers.Make(Width, inputs);
            Matrix<float> below = buffers.Make(Batch, inputs);
            var times = new List<double>();
            for (int round = 0; round < 60; round++)
            {
                long start = Stopwatch.GetTimestamp();
                ParallelGemm.MultiplyTransposed(context, input, weights, new float[Width], output, scratch);
                ParallelGemm.TransposedMultiply(context, output, input, slopes, scratch);
                if (inputs == Width)
                {
                    ParallelGemm.Multiply(context, output, weights, below, scratch);
                }

                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            times.Sort();
            seconds += times[times.Count / 2];
            operations += 2.0 * Batch * Width * inputs * (inputs == Width ? 3 : 2);
        }

        Console.WriteLine($"products of an update of {Batch} rows: {seconds * 1e3:0.00} ms, {operations / seconds / 1e9:0} GFLOP/s");
    }

    private static void Training(int epochs)
    {
        RoutingRow[] rows = Rows(TrainingRows, TrainingFeatures);
        var clock = new Clock();
        var options = new RouterTrainingOptions { Epochs = epochs + 2, RegionShare = null };
        RouterTrainingResult result = RouterTrainer.Train(rows, options, clock);
        double[] times =
        [
            .. clock.Ends.Skip(2).Zip(clock.Ends.Skip(1), static (end, before) => Stopwatch.GetElapsedTime(before, end))
                .Select(static time => time.TotalSeconds).Order(),
        ];
        double seconds = times[times.Length / 2];

        // Forward, gradient of the weights, and of the inputs for all layers but the first: two operations each.
        const int Width = 512;
        double first = (double)TrainingFeatures * Width;
        double above = ((double)Width * Width) + Width;
        double operations = 2 * ((2 * first) + (3 * above)) * result.Card.LearnedRows;
        Console.WriteLine(
            $"training: {result.Card.LearnedRows:N0} rows of {TrainingFeatures} features, {result.Card.HardRows} hard: {seconds:0.000} s an "
            + $"epoch, {seconds * Epochs / 60:0.0} min for {Epochs}; products {operations / 1e9:0.0} GFLOP an epoch, {operations / seconds / 1e9:0} GFLOP/s, "
            + $"{Environment.ProcessorCount} threads");
    }

    private static RoutingRow[] Rows(int count, int features)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool hard = random.NextDouble() < HardShare;
            bool isUnsafe = i % 2 == 0;
            float[] values = [.. Enumerable.Range(0, features).Select(_ => random.NextSingle() - (hard ? 0.3f : 0.5f))];
            return new RoutingRow(new GuardScore(isUnsafe != hard ? 0.8 : 0.2, values), isUnsafe ? 0.9 : 0.1, isUnsafe);
        })];
    }

    private sealed class MatrixBuffers : IDisposable
    {
        private readonly List<AlignedBuffer<float>> _made = [];

        public Matrix<float> Make(int rows, int columns)
        {
            var buffer = new AlignedBuffer<float>((long)rows * columns);
            buffer.Span.Fill(0.01f);
            _made.Add(buffer);
            return new Matrix<float>(buffer, rows, columns, columns);
        }

        public void Dispose() => _made.ForEach(static buffer => buffer.Dispose());
    }

    private sealed class Clock : IProgress<RouterProgress>
    {
        public List<long> Ends { get; } = [];

        public void Report(RouterProgress value) => Ends.Add(Stopwatch.GetTimestamp());
    }
}
