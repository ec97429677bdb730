using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Tokenization;
using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Training.Pretraining;

/// <summary>Trains an encoder on texts without labels: a Hugging Face folder comes out that distillation starts from.</summary>
public static class Pretrainer
{
    private const string Deciding = "loss";

    /// <summary>Pre-trains, from the start or from the checkpoint in <paramref name="folder"/>.</summary>
    /// <remarks>
    /// Every piece of a text of up to <see cref="PretrainOptions.RowTokens"/> is a row of its own: batches have no padding, so that nothing is
    /// gained by putting strangers into one window, and attention never sees across two texts. Pieces below 8 tokens are left out. The
    /// parameters of the least held-out loss are the result. The checkpoint and the cache of tokens are deleted when it is written.
    /// </remarks>
    /// <param name="options">Settings.</param>
    /// <param name="texts">The texts, in a fixed order; a response is a text of its own. A resumed training enumerates them again.</param>
    /// <param name="folder">Becomes a Hugging Face folder; holds the checkpoint meanwhile.</param>
    /// <param name="progress">Told of every update.</param>
    /// <param name="cancellationToken">Stops between passes, after a checkpoint.</param>
    /// <exception cref="PicketException">
    /// An option is out of its range; there are too few texts; the files that the model starts from are damaged or do not fit each other; the
    /// checkpoint is damaged or another training's; a loss is no finite number; the folder cannot be written.
    /// </exception>
    public static Task<TrainingHistory> RunAsync(
        PretrainOptions options,
        IAsyncEnumerable<string> texts,
        string folder,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options.Validate();
        return Task.Run(() => RunOnPoolAsync(options, texts, folder, progress, cancellationToken), cancellationToken);
    }

    private static async Task<TrainingHistory> RunOnPoolAsync(
        PretrainOptions options,
        IAsyncEnumerable<string> texts,
        string folder,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        StudentFolder.RequireOther(options.Student, folder);
        var start = StudentStart.Open(options.Student);
        (int mask, int firstWord, int words) = Words(start);
        int threads = options.Student.Threads == 0 ? Environment.ProcessorCount : options.Student.Threads;
        bool normalise = options.Normalise ?? start.Normalise;
        TextRows rows = await TextRows.CreateAsync(texts, options, start, normalise, folder, threads, cancellationToken);
        RequireSome(rows.Learned, "to learn from", rows.Texts);
        RequireSome(rows.HeldOut, $"in the held-out share of {options.Training.HeldOutShare}", rows.Texts);

        using var context = new ComputeContext(new ComputeOptions { Threads = threads });
        using var model = new TrainableDebertaV2(start.Config, DebertaV2Head.MaskedLanguage, options.Student, context);
        IReadOnlyList<string> initialised = start.Fill(model, options.Training.Seed);
        var objective = new MaskedLanguageObjective(model, options.MaskedShare, mask, firstWord, words);
        var plan = new TrainingPlan<int[]>
        {
            Rows = rows.Learned,
            Id = place => $"of text {rows.Learned.Text(place)}",
            Evaluate = token => Evaluate(objective, rows.HeldOut, options.Training, token),
            Deciding = Deciding,
            HigherIsBetter = false,
            Folder = folder,
            Identity = new Dictionary<string, string>(TrainingIdentity.Of(options.Training, options.Student, options))
            {
                ["the shape"] = TrainingIdentity.Hash(DebertaV2ConfigWriter.Write(start.Config)),
                ["the texts"] = rows.Hash,
                ["the tokenizer"] = start.TokenizerHash,
                ["normalise"] = normalise.ToString(),
            },
        };
        using var trainer = new Trainer<int[]>(objective, options.Training, plan, context);
        TrainingHistory history = trainer.Run(progress, cancellationToken);
        history = history with { KeptStep = trainer.LoadBest(), Initialised = initialised };
        Write(options, start, model, rows, normalise, history, folder);
        TrainingState.Delete(folder);
        SafeFile.Delete(Path.Combine(folder, TextRows.CacheName));
        return history;
    }

    /// <summary>The mask, and the ids from which on and below which there are words: between the special ones at the start and at the end.</summary>
    private static (int Mask, int FirstWord, int Words) Words(StudentStart start)
    {
        SpecialTokens special = start.Tokenizer.Special;
        if (special.Mask < 0 || special.Mask >= start.Config.VocabSize)
        {
            string found = special.Mask < 0 ? "none" : $"id {special.Mask}";
            throw new PicketException(
                $"{start.TokenizerFiles[0]}: expected a [MASK] with an id below vocab_size of {DebertaV2Config.FileName}, "
                + $"{start.Config.VocabSize}, found {found}");
        }

        int[] ids = [special.Cls, special.Sep, special.Pad, special.Unk, special.Mask];
        int first = Enumerable.Range(0, ids.Length + 1).First(id => !ids.Contains(id));
        int end = ids.Where(id => id > first).DefaultIfEmpty(start.Tokenizer.VocabularySize).Min();
        return end - first >= 2
            ? (special.Mask, first, end)
            : throw new PicketException($"{start.TokenizerFiles[0]}: expected words between the special tokens, found {end - first}");
    }

    private static void RequireSome(TokenRows rows, string what, int texts)
    {
        if (rows.Count == 0)
        {
            throw new PicketException($"expected texts {what} of at least 8 tokens, found none among {texts}; give more texts");
        }
    }

    private static Dictionary<string, double> Evaluate(
        MaskedLanguageObjective objective, TokenRows rows, TrainingSettings settings, CancellationToken cancellationToken)
    {
        double sum = 0;
        foreach (int[][] chunk in Chunks.Cut(rows, static row => row.Length, settings.ChunkSize, settings.ChunkTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += objective.Evaluate(chunk) * chunk.Length;
        }

        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Deciding] = sum / rows.Count,
            ["perplexity"] = Math.Exp(sum / rows.Count),
        };
    }

    private static void Write(
        PretrainOptions options, StudentStart start, TrainableDebertaV2 model, TextRows rows, bool normalise, TrainingHistory history, string folder)
    {
        var card = new PretrainingCard(
            typeof(Pretrainer).Assembly.GetName().Version!.ToString(3),
            normalise,
            rows.Texts,
            rows.Hash,
            rows.Learned.Count,
            rows.Learned.Tokens,
            options with { Student = options.Student.WithoutFolders() },
            history.Steps.Count,
            history.KeptStep,
            history.Evaluations);
        Dictionary<string, Action<Stream>> files = StudentFolder.Files(model, start, options.Student, DebertaV2ConfigWriter.MaskedLanguage);
        files[PretrainingCard.FileName] = stream => stream.Write(card.ToJson());
        foreach ((string name, Action<Stream> write) in files)
        {
            SafeFile.Write(Path.Combine(folder, name), write);
        }
    }
}
