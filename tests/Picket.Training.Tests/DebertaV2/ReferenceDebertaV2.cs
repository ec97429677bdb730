using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Training.Autograd;
using Picket.Training.DebertaV2;
using Picket.Training.Tests.Autograd;

namespace Picket.Training.Tests.DebertaV2;

/// <summary>A DeBERTa classifier's loss in doubles, written from the papers' equations and Hugging Face's order of operations.</summary>
internal sealed class ReferenceDebertaV2 : IDisposable
{
    private readonly DebertaV2Config _config;
    private readonly StudentOptions _options;
    private readonly ComputeContext _context = new(new ComputeOptions { Threads = 1 });
    private readonly Tape _tape;
    private readonly ulong _seed;

    public ReferenceDebertaV2(TrainableDebertaV2 model, StudentOptions options, ulong seed)
    {
        (_config, _options, _seed) = (model.Config, options, seed);
        _tape = new Tape(_context);
        Values = model.Parameters.ToDictionary(static parameter => parameter.Name, GradientCheck.Doubles);
    }

    /// <summary>Every parameter in doubles.</summary>
    public Dictionary<string, double[]> Values { get; }

    public double Loss(LabelledTokens[] rows)
    {
        _tape.Begin(training: true, _seed);
        int[] starts = [0, .. rows.Select((_, i) => rows.Take(i + 1).Sum(static row => row.Tokens.Length))];
        double[] logits = Logits([.. rows.SelectMany(static row => row.Tokens)], starts);
        return rows.Select((row, i) =>
        {
            double unsafeProbability = 1 / (1 + Math.Exp(logits[2 * i] - logits[(2 * i) + 1]));
            return -(row.Target * Math.Log(unsafeProbability)) - ((1 - row.Target) * Math.Log(1 - unsafeProbability));
        }).Average();
    }

    public void Dispose()
    {
        _tape.Dispose();
        _context.Dispose();
    }

    private double[] Logits(int[] tokens, int[] starts)
    {
        int width = _config.HiddenSize;
        double[] words = Norm("deberta.embeddings.LayerNorm", Reference.Rows(Values["deberta.embeddings.word_embeddings.weight"], width, tokens));
        double[] embedded = Drop(words, width);
        double[] positions = Norm("deberta.encoder.LayerNorm", Values["deberta.encoder.rel_embeddings.weight"]);
        double[] hidden = embedded;
        for (int i = 0; i < _config.Layers; i++)
        {
            // Masks are drawn for the rows that are computed: of the last layer those of the first tokens.
            int[] rows = i == _config.Layers - 1 ? starts[..^1] : [.. Enumerable.Range(0, starts[^1])];
            hidden = Layer($"deberta.encoder.layer.{i}", hidden, positions, starts, rows);
            hidden = i == 0 && _config.ConvKernelSize > 0 ? Convolve(embedded, hidden, starts, rows) : hidden;
        }

        double[] pooled = [.. Linear("pooler.dense", hidden, width).Select(Reference.Gelu)];
        return Linear("classifier", Drop(pooled, width), width);
    }

    private double[] Layer(string name, double[] input, double[] positions, int[] starts, int[] rows)
    {
        int width = _config.HiddenSize;
        var buckets = new LogBuckets(_config.PositionBuckets, _config.MaxRelativePositions);
        int longest = Enumerable.Range(1, starts.Length - 1).Max(i => starts[i] - starts[i - 1]);
        int first = buckets.Row(1 - longest);

        // The mask is drawn for the positions that the longest sequence meets.
        double[] met = Reference.Rows(positions, width, Enumerable.Range(first, buckets.Row(longest - 1) - first + 1));
        double[] dropped = Drop(met, width);
        string self = $"{name}.attention.self";
        double[][] operands =
        [
            Linear($"{self}.query_proj", input, width), Linear($"{self}.key_proj", input, width), Linear($"{self}.value_proj", input, width),
            Linear($"{self}.query_proj", dropped, width), Linear($"{self}.key_proj", dropped, width),
        ];
        double[] factors = ProbabilityFactors(_tape.Drop(_options.AttentionDropout), starts);
        double[] context = Reference.Attend(operands, width, _config.Heads, starts, relative => buckets.Row(relative) - first, factors);
        (context, input) = (Reference.Rows(context, width, rows), Reference.Rows(input, width, rows));
        double[] attended = AddNorm($"{name}.attention.output", Linear($"{name}.attention.output.dense", context, width), input);
        double[] inner = [.. Linear($"{name}.intermediate.dense", attended, width).Select(Reference.Gelu)];
        return AddNorm($"{name}.output", Linear($"{name}.output.dense", inner, _config.IntermediateSize), attended);
    }

    private double[] Convolve(double[] embedded, double[] hidden, int[] starts, int[] rows)
    {
        int width = _config.HiddenSize;
        int wide = _config.ConvKernelSize * width;
        double[] taps = Reference.Rows(Reference.Taps(embedded, width, _config.ConvKernelSize, starts), wide, rows);
        double[] sums = Drop(Linear("deberta.encoder.conv.conv", taps, wide), width);
        _ = _tape.Drop(0);
        return Norm("deberta.encoder.conv.LayerNorm", [.. sums.Select((sum, i) => Reference.Gelu(sum) + hidden[i])]);
    }

    private double[] ProbabilityFactors(Dropout dropout, int[] starts)
    {
        List<double> factors = [];
        int row = 0;
        for (int s = 0; s < starts.Length - 1; s++)
        {
            int length = starts[s + 1] - starts[s];
            for (int i = 0; i < _config.Heads * length; i++, row++)
            {
                float[] ones = [.. Enumerable.Repeat(1f, length)];
                dropout.Apply(ones, row);
                factors.AddRange(ones.Select(static factor => (double)factor));
            }
        }

        return [.. factors];
    }

    private double[] AddNorm(string name, double[] input, double[] residual)
    {
        double[] dropped = Drop(input, _config.HiddenSize);
        return Norm($"{name}.LayerNorm", [.. dropped.Zip(residual, static (left, right) => left + right)]);
    }

    private double[] Drop(double[] input, int columns)
    {
        double[] factors = GradientCheck.Factors(_tape.Drop(_options.HiddenDropout), input.Length / columns, columns);
        return [.. input.Zip(factors, static (value, factor) => value * factor)];
    }

    private double[] Norm(string name, double[] input) =>
        Reference.Norm(input, Values[$"{name}.weight"], Values[$"{name}.bias"], _config.LayerNormEpsilon);

    private double[] Linear(string name, double[] input, int inputs) =>
        Reference.Linear(input, Values[$"{name}.weight"], Values[$"{name}.bias"], inputs);
}
