using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Benchmarks;

/// <summary>
/// Training steps (forward, backward, clipping, AdamW) of a random DeBERTa-v3 on random tokens, timed as bench/peers/torch_train.py times
/// PyTorch's: the last line is JSON for bench/peers/compare.mjs.
/// </summary>
internal static class TrainingTimer
{
    /// <summary>Times what the words ask for: pairs of --name and number.</summary>
    public static void Run(ReadOnlySpan<string> words)
    {
        var options = new Dictionary<string, int>
        {
            ["--layers"] = 6,
            ["--hidden"] = 384,
            ["--heads"] = 6,
            ["--intermediate"] = 1536,
            ["--vocab"] = 16_000,
            ["--buckets"] = 256,
            ["--batch"] = 32,
            ["--chunk"] = 32,
            ["--length"] = 64,
            ["--steps"] = 10,
            ["--warm-up"] = 3,
            ["--threads"] = 2,
            ["--checkpointing"] = 0,
        };
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            options[words[i]] = int.Parse(words[i + 1], CultureInfo.InvariantCulture);
        }

        var config = new DebertaV2Config
        {
            VocabSize = options["--vocab"],
            HiddenSize = options["--hidden"],
            Layers = options["--layers"],
            Heads = options["--heads"],
            IntermediateSize = options["--intermediate"],
            PositionBuckets = options["--buckets"],
        };
        using var context = new ComputeContext(new ComputeOptions { Threads = options["--threads"] });
        using var model = new TrainableDebertaV2(
            config, DebertaV2Head.Classifier, new StudentOptions { Checkpointing = options["--checkpointing"] > 0 }, context);
        model.Initialise(seed: 1);
        var settings = new TrainingSettings();
        using var optimiser = new AdamW(model.Parameters, settings, context);
        var objective = new ClassificationObjective(model);
        var random = new Random(1);
        List<double> times = [];
        double processor = 0;
        double norm = 0;
        for (int step = 1; step <= options["--warm-up"] + options["--steps"]; step++)
        {
            LabelledTokens[] rows = [.. Enumerable.Range(0, options["--batch"]).Select(_ => new LabelledTokens(
                "", [.. Enumerable.Range(0, options["--length"]).Select(_ => random.Next(4, config.VocabSize))], random.Next(2), 0, true))];
            TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
            long started = Stopwatch.GetTimestamp();
            int chunk = 0;
            foreach (LabelledTokens[] part in rows.Chunk(options["--chunk"]))
            {
                objective.Accumulate(part, (float)part.Length / rows.Length, (ulong)((step * 1000) + chunk++));
            }

            norm = optimiser.GradientNorm();
            optimiser.Step(step, settings.LearningRate, norm);
            if (step > options["--warm-up"])
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                processor += (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds;
            }
        }

        Report(options, times, processor, norm);
    }

    private static void Report(Dictionary<string, int> options, List<double> times, double processor, double norm)
    {
        double cores = Math.Round(processor / times.Sum(), 2);
        times.Sort();
        double ms = times[times.Count / 2];
        double rate = options["--batch"] * options["--length"] * 1000 / ms;
        Process process = Process.GetCurrentProcess();
        Console.Error.WriteLine(
            $"{options["--batch"]} x {options["--length"]} tokens: {ms:F1} ms ({times[0]:F1}-{times[^1]:F1}), {rate:F0} tokens/s, {cores} cores, "
            + $"peak {process.PeakWorkingSet64 >> 20} MB, gradient norm {norm:G4}");
        var row = new { name = "train", ms, min = times[0], max = times[^1], tokens_per_s = rate, cores };
        Console.WriteLine(JsonSerializer.Serialize(
            new { name = "picket fp32 training", threads = options["--threads"], rows = new[] { row }, peak_mb = process.PeakWorkingSet64 >> 20 }));
    }
}
