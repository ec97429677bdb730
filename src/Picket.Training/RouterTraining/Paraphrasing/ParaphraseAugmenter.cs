using Picket.Chat;
using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Training.RouterTraining;

/// <summary>Paraphrases of rows for a router to learn from; t is recomputed when both guards label them.</summary>
/// <remarks>
/// The rows are divided before anything is paraphrased: a prompt that is held out gets no paraphrase, so that what a router is measured on is not
/// also learned in other words. SafeRoute's published code paraphrases first and leaks there. The labels are inherited.
/// </remarks>
/// <param name="model">Any chat model; the method's is Llama-3.1-8B-Instruct. The caller disposes it.</param>
/// <param name="options">How many, and how they are sampled.</param>
public sealed class ParaphraseAugmenter(IGenerator model, ParaphraseOptions options)
{
    private const int Attempts = 3;

    /// <summary>How many, and how they are sampled.</summary>
    public ParaphraseOptions Options => options;

    /// <summary>Divides labelled rows by a hash of the prompt: rows that share one stay together.</summary>
    /// <param name="rows">All rows.</param>
    /// <returns>The rows to paraphrase and learn from, and those held out.</returns>
    public (IReadOnlyList<Example> Learned, IReadOnlyList<Example> HeldOut) Split(IReadOnlyList<Example> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ILookup<bool, Example> parts = rows.ToLookup(row => HeldOut.Has(row.Prompt, options.HeldOutShare));
        return ([.. parts[false]], [.. parts[true]]);
    }

    /// <summary>Paraphrases those rows that are not held out; answers that cannot be read are dropped.</summary>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="output">
    /// Receives all rows and, behind each, its paraphrases: up to <see cref="ParaphraseOptions.Copies"/>, each with its parent's id and label.
    /// JSON Lines; gzip when the name ends in <c>.gz</c>. Until it is whole the answers stand in <c>output.journal</c>, and the next run goes on.
    /// </param>
    /// <param name="progress">Told the number of answers that are there.</param>
    /// <param name="cancellationToken">Given to the model; the answers stay in the journal.</param>
    /// <exception cref="PicketException">
    /// An option is out of its range, a row has no label, the server is gone, or the journal belongs to other rows or settings.
    /// </exception>
    public async Task<ParaphraseCounts> RunAsync(
        IReadOnlyList<Example> rows, string output, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        SettingFault.ThrowIfAny(options.Faults());
        if (rows.FirstOrDefault(static row => row.Unsafe is null) is { } unlabelled)
        {
            throw new PicketException($"row {unlabelled.Id}: expected a label, found none");
        }

        using AnswerJournal journal = AnswerJournal.Open(output + ".journal", Identity(rows));
        using var source = new AnswerSource(model, options.Concurrency, Attempts);
        IReadOnlyList<Example> learned = Split(rows).Learned;
        var found = new Example?[learned.Count * options.Copies];
        int answers = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, found.Length),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                found[i] = Paraphrase(learned[i / options.Copies], i % options.Copies, await AskAsync(learned[i / options.Copies], i, token));
                progress?.Report(Interlocked.Increment(ref answers));
            });
        await WriteAsync(rows, [.. found.OfType<Example>()], output, cancellationToken);
        journal.Delete();
        return new ParaphraseCounts(rows.Count, rows.Count - learned.Count, found.Length, found.Count(static row => row is not null));

        async Task<Answer> AskAsync(Example row, int number, CancellationToken token)
        {
            if (journal.Find(number, AnswerPart.Paraphrase) is { } known)
            {
                return known;
            }

            var request = new GenerationRequest([new ChatTurn(ChatSpeaker.User, ParaphrasePrompt.Render(row.Prompt, row.Response))])
            {
                Temperature = options.Temperature,
                MaxTokens = options.MaxTokens,
                Seed = options.Seed + number,
            };
            Answer answer = await source.AskAsync(number, AnswerPart.Paraphrase, request, token);
            journal.Append(answer);
            return answer;
        }
    }

    private static Example? Paraphrase(Example row, int copy, Answer answer) => ParaphrasePrompt.Parse(answer.Text, row.Response is not null) is { } text
        ? row with
        {
            Id = $"{row.Id}-paraphrase-{copy}",
            Prompt = text.Prompt,
            Response = text.Response,
            UnsafeProbability = null,
            ParentId = row.Id,
            UnknownFields = null,
        }
        : null;

    private static async Task WriteAsync(
        IReadOnlyList<Example> rows, IReadOnlyList<Example> made, string output, CancellationToken cancellationToken)
    {
        ILookup<string, Example> copies = made.ToLookup(static row => row.ParentId!, StringComparer.Ordinal);
        await using var writer = ExampleWriter.Create(output);
        foreach (Example row in rows)
        {
            await writer.WriteAsync(row, cancellationToken);
            foreach (Example copy in copies[row.Id])
            {
                await writer.WriteAsync(copy, cancellationToken);
            }
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private AnswerJournalHeader Identity(IReadOnlyList<Example> rows) => new(
        AnswerJournalHeader.Version,
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["strategy"] = AnswerPart.Paraphrase,
            ["rows sha256"] = RouteLabeller.Identity(rows),
            ["model"] = $"{model.Description.Name} at {model.Description.Server}",
            ["copies"] = $"{options.Copies}",
            ["sampling"] = $"temperature {options.Temperature:R}, max_tokens {options.MaxTokens}",
            ["held-out share"] = $"{options.HeldOutShare:R}",
            ["seed"] = $"{options.Seed}",
        });
}

/// <summary>What came of paraphrasing.</summary>
/// <param name="Rows">Rows that were given.</param>
/// <param name="HeldOut">Those of them that were held out.</param>
/// <param name="Asked">Answers that were asked for.</param>
/// <param name="Kept">Paraphrases.</param>
public sealed record ParaphraseCounts(int Rows, int HeldOut, int Asked, int Kept);
