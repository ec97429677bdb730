using Picket.Data;
using Picket.Models.Tokenization;
using Picket.Text;
using Picket.Training.DebertaV2;

namespace Picket.Training.Distillation;

/// <summary>Makes examples into rows that a student learns from: tokens and a target.</summary>
/// <param name="options">The loss, and how texts are encoded.</param>
/// <param name="start">Tokenizer and length.</param>
internal sealed class LabelledRows(DistilOptions options, StudentStart start)
{
    private readonly TextNormaliser? _normaliser = options.Normalise ?? start.Normalise ? TextNormaliser.Default : null;

    /// <summary>The rows, in the examples' order.</summary>
    /// <exception cref="PicketException">An example has neither a label nor a probability, or a probability that is none.</exception>
    public LabelledTokens[] Create(IReadOnlyList<Example> examples, int threads, CancellationToken cancellationToken)
    {
        foreach (Example example in examples)
        {
            Require(example, examples);
        }

        var rows = new LabelledTokens[examples.Count];
        Parallel.For(
            0,
            rows.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            static () => new Buffers(new TokenBuffer(), new TokenBuffer(), new TokenBuffer()),
            (i, _, buffers) =>
            {
                rows[i] = Row(examples[i], buffers);
                return buffers;
            },
            static _ => { });
        return rows;
    }

    /// <summary>
    /// Target and constant of METHODS 1.5: with p the teacher's and c the label, (1 - λ) KL(p, q) + λ BCE(c, q) is the cross-entropy of q to
    /// (1 - λ) p + λ c less (1 - λ) times the entropy of p.
    /// </summary>
    internal (double Target, double Constant, bool Unsafe) Target(bool? label, double? probability)
    {
        bool isUnsafe = label ?? probability >= 0.5;
        double hard = isUnsafe ? 1 : 0;
        if (probability is not { } p)
        {
            return (hard, 0, isUnsafe);
        }

        p = options.HardTeacher ? (p >= 0.5 ? 1 : 0) : 1 / (1 + Math.Exp(-Math.Log(p / (1 - p)) / options.Temperature));
        double entropy = -(Product(p) + Product(1 - p));
        return (((1 - options.Lambda) * p) + (options.Lambda * hard), (1 - options.Lambda) * entropy, isUnsafe);

        static double Product(double share) => share == 0 ? 0 : share * Math.Log(share);
    }

    private static void Require(Example example, IReadOnlyList<Example> examples)
    {
        if (example.Unsafe is null && example.UnsafeProbability is null)
        {
            int others = examples.Count(static one => one.Unsafe is null && one.UnsafeProbability is null) - 1;
            throw new PicketException(
                $"example {example.Id}, fields \"unsafe\" and \"unsafe_probability\": expected a label, a teacher's probability or both, "
                + $"found neither{(others > 0 ? $", as in {others} more of {examples.Count}" : "")}");
        }

        if (example.UnsafeProbability is { } p and not (>= 0 and <= 1))
        {
            throw new PicketException($"example {example.Id}, field \"unsafe_probability\": expected a number from 0 to 1, found {p}");
        }
    }

    private LabelledTokens Row(Example example, Buffers buffers)
    {
        (double target, double constant, bool isUnsafe) = Target(example.Unsafe, example.UnsafeProbability);
        return new LabelledTokens(example.Id, Tokens(example, buffers), target, constant, isUnsafe);
    }

    private int[] Tokens(Example example, Buffers buffers)
    {
        UnigramTokenizer tokenizer = start.Tokenizer;
        (TokenBuffer first, TokenBuffer second, TokenBuffer output) = buffers;
        first.Clear();
        second.Clear();
        output.Clear();
        tokenizer.Encode(Normalised(example.Prompt), first);
        if ((example.Response ?? (options.EmptyResponseAsPair ? "" : null)) is not { } response)
        {
            tokenizer.Assemble(first.Ids[..UnigramTokenizer.Truncate(first.Count, start.MaxTokens)], output);
            return output.Ids.ToArray();
        }

        tokenizer.Encode(Normalised(response), second);
        (int keptFirst, int keptSecond) = tokenizer.Truncate(first.Ids, second.Ids, start.MaxTokens);
        tokenizer.Assemble(first.Ids[..keptFirst], second.Ids[..keptSecond], output);
        return output.Ids.ToArray();
    }

    private string Normalised(string text) => _normaliser?.Normalise(text) ?? text;

    private sealed record Buffers(TokenBuffer First, TokenBuffer Second, TokenBuffer Output);
}
