using Picket.Chat;
using Picket.Data;
using Picket.Fairness;

namespace Picket.Training.Augmentation;

/// <summary>Makes new rows from seed rows: HarmAug (METHODS.md section 1), copies with words or terms changed, or none.</summary>
/// <remarks>
/// <para>Every answer of a model goes to a journal beside the output, <c>OUT.journal</c>, as it comes. A run that is killed at any moment asks
/// only for what is not in it, and its output is that of an undisturbed run byte for byte, as far as the models say the same to the same
/// request; what they were busy with at the kill is asked for again. The output is written under a temporary name, then renamed, then the
/// journal is removed.</para>
/// <para>The rows follow from seed rows, options and answers alone, whatever came first: numbers decide on exemplars and order. One run at a
/// time for an output; the generators are the caller's to dispose.</para>
/// </remarks>
/// <param name="models">Who writes; none for the strategies that need none.</param>
/// <param name="synonyms">For copies, for instance <see cref="WordNet"/>; <see langword="null"/> for other strategies.</param>
/// <param name="options">The defaults when <see langword="null"/>.</param>
/// <param name="clock">Dates the report; the system's when <see langword="null"/>.</param>
public sealed class Augmenter(
    AugmentationModels? models = null, ISynonyms? synonyms = null, AugmentationOptions? options = null, TimeProvider? clock = null)
{
    // Far enough ahead that one request that waits for its next try does not hold up the others.
    private const int Ahead = 16;

    private readonly AugmentationModels _models = models ?? new AugmentationModels();
    private readonly AugmentationOptions _options = options ?? new AugmentationOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>The journal of a run that writes <paramref name="output"/>.</summary>
    public static string JournalOf(string output) => output + ".journal";

    /// <summary>Writes the seed rows, unless they are left out, and behind them what was made of them.</summary>
    /// <param name="seeds">Rows in any format that <see cref="ExampleReader"/> reads; rows of another split than train are left out.</param>
    /// <param name="output">JSON Lines; gzip when the name ends in <c>.gz</c>. An older file stays until the new one is whole.</param>
    /// <param name="onReport">
    /// Gets the report just before the output takes its name, so that a report is written wherever the output is. May be called again after a
    /// kill.
    /// </param>
    /// <param name="progress">Told of each draft when it is decided on, and when its rows are there.</param>
    /// <param name="cancellationToken">Ends the run; what the models have said by then is in the journal.</param>
    /// <exception cref="PicketException">
    /// The options, a row or a file are bad, a model is missing or goes on with no prefix, a server is gone, or the journal belongs to other
    /// seed rows or settings. The answers stay in the journal.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<AugmentationReport> AugmentAsync(
        string seeds,
        string output,
        Func<AugmentationReport, Task>? onReport = null,
        IProgress<AugmentationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckSettings();
        var evaluation = new Decontaminator(_options.Decontamination);
        foreach (string file in _options.EvaluationFiles)
        {
            await evaluation.AddFileAsync(file, cancellationToken: cancellationToken);
        }

        SeedRows rows = await SeedRows.ReadAsync(seeds, _options.Format, evaluation, cancellationToken);
        if (_options.Strategy != AugmentationStrategy.HarmAug)
        {
            IAugmentationStrategy strategy = _options.Strategy switch
            {
                AugmentationStrategy.Eda => new EdaStrategy(rows, synonyms!, _options.Eda with { Seed = _options.Seed }),
                AugmentationStrategy.IdentitySwap => new IdentitySwapStrategy(rows, IdentityTerms.All, _options.Eda.Copies, _options.Seed),
                AugmentationStrategy.Swap => new SwapStrategy(rows, _options.Count, _options.Seed),
                _ => new NoStrategy(),
            };
            return await RunAsync(strategy, null, new AnswerTally());
        }

        AnswerJournalHeader identity = await AugmentationIdentity.OfAsync(rows, _models, _options, cancellationToken);
        using AnswerJournal journal = AnswerJournal.Open(JournalOf(output), identity);
        var tally = new AnswerTally();
        using var book = new AnswerBook(journal, _models, tally, _options);
        var written = new HarmAugStrategy(rows, book, _options);
        await ProbeAsync(cancellationToken);
        AugmentationReport result = await RunAsync(written, journal, tally);
        journal.Delete();
        return result;

        async Task<AugmentationReport> RunAsync(IAugmentationStrategy strategy, AnswerJournal? journal, AnswerTally tally)
        {
            var gate = new DraftGate(rows, evaluation, strategy.DropsNearDuplicates, _options);
            var run = new AugmentationRun(strategy, gate, Ahead * _options.Concurrency);
            int resumed = journal?.Answers ?? 0;
            await using var writer = ExampleWriter.Create(output);
            foreach (Example seed in _options.SeedRows ? rows.Rows : [])
            {
                await writer.WriteAsync(seed, cancellationToken);
                AnswerTally.Increment(run.Rows, "seed");
            }

            progress?.Report(new AugmentationProgress(0, strategy.Count, 0, resumed, resumed));
            await run.WriteAsync(
                writer,
                (done, kept) => progress?.Report(new AugmentationProgress(done, strategy.Count, kept, resumed, journal?.Answers ?? 0)),
                cancellationToken);
            AugmentationReport report = new()
            {
                Created = _clock.GetUtcNow(),
                PicketVersion = typeof(Augmenter).Assembly.GetName().Version!.ToString(3),
                Seeds = Path.GetFileName(seeds),
                Output = Path.GetFileName(output),
                Strategy = strategy.Name,
                Seed = _options.Seed,
                SeedRows = rows.Rows.Count,
                SeedRowsOfOtherSplits = rows.OtherSplits,
                ContaminatedSeedRows = rows.Contaminated,
                Asked = strategy.Count,
                Counts = run.Counts,
                Benign = run.BenignCounts,
                Rows = run.Rows,
                UnsafeShare = gate.Rows == 0 ? null : (double)gate.UnsafeRows / gate.Rows,
                Diversity = DiversityFigures.Of(run.Texts, _options.Diversity),
                Generators = journal is null ? [] : tally.Of(_models),
            };
            if (onReport is not null)
            {
                await onReport(report);
            }

            await writer.CompleteAsync(cancellationToken);
            return report;
        }
    }

    private void CheckSettings()
    {
        bool writes = _options.Strategy == AugmentationStrategy.HarmAug;
        SettingFault.ThrowIfAny(
        [
            .. _options.Faults(),
            .. SettingFault.Of(
                (!writes || _models.Generator is not null, "generator", "a model that writes the instructions", "none"),
                (!writes || _options.EmptyResponses || _models.Refuser is not null || _models.Complier is not null,
                    "refuser, complier, empty_responses", "at least one of the three rows", "none"),
                (_options.Strategy != AugmentationStrategy.Eda || synonyms is not null, "synonyms", "a source of them", "none")),
        ]);
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        // A prompt that is rendered here ends with the prefix, whatever its model makes of the probe's question.
        IGenerator generator = _models.Generator!.Generator;
        if (!_options.ProbesPrefix || _options.Variant != PromptVariant.PrefixAttack
            || generator.Description.Prefix == PrefixStyle.RenderedTemplate)
        {
            return;
        }

        if (!await PrefixProbe.IsHonouredAsync(generator, cancellationToken))
        {
            throw new PicketException(
                $"{generator.Description.Server}: expected a server that goes on with a prefilled assistant turn "
                + $"({generator.Description.Prefix}), found one that does not; choose another style, or the variant without a prefix");
        }
    }
}
