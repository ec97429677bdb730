using Picket.Data;

namespace Picket.Training.Labelling;

/// <summary>Has a teacher label a file of rows (METHODS.md, HarmAug section 1.4: hard label by threshold beside the probability).</summary>
/// <remarks>
/// <para>The teacher's probabilities go to a journal beside the output, <c>OUT.journal</c>, batch by batch in the order of the rows; when all
/// are there, one more pass over the input writes the output under a temporary name, renames it and removes the journal. A run that is killed
/// at any moment goes on with the journal, and its output is that of an undisturbed run byte for byte, as far as the teacher says the same
/// of the same batch. Memory does not grow with the number of rows.</para>
/// <para>One run at a time for an output; the teacher is the caller's to dispose.</para>
/// </remarks>
/// <param name="teacher">Scores the rows.</param>
/// <param name="options">The defaults when <see langword="null"/>.</param>
/// <param name="clock">Dates the report; the system's when <see langword="null"/>.</param>
public sealed class Labeller(IGuard teacher, LabellerOptions? options = null, TimeProvider? clock = null)
{
    private readonly LabellerOptions _options = options ?? new LabellerOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>The journal of a run that writes <paramref name="output"/>.</summary>
    public static string JournalOf(string output) => output + ".journal";

    /// <summary>
    /// Labels the rows of <paramref name="input"/>: each keeps its fields, <c>unsafe_probability</c> is the teacher's, and <c>unsafe</c> its
    /// hard label, but for the labels that <see cref="LabellerOptions.KeepLabels"/> keeps.
    /// </summary>
    /// <param name="input">Rows in any format that <see cref="ExampleReader"/> reads.</param>
    /// <param name="output">JSON Lines; gzip when the name ends in <c>.gz</c>. An older file stays until the new one is whole.</param>
    /// <param name="onReport">
    /// Gets the report just before the output takes its name, so that a report is written wherever the output is. May be called again after
    /// a kill.
    /// </param>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="cancellationToken">Ends the run; what the teacher has said by then is in the journal.</param>
    /// <exception cref="PicketException">
    /// A row or file is bad, the options are, the teacher failed or says no probability, or the journal belongs to another input, teacher or
    /// threshold. What was scored stays in the journal.
    /// </exception>
    public async Task<DisagreementReport> LabelAsync(
        string input,
        string output,
        Func<DisagreementReport, Task>? onReport = null,
        IProgress<LabelProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (_options.Faults().ToArray() is [_, ..] faults)
        {
            throw new PicketException(string.Join("; ", faults));
        }

        LabelInput rows = await LabelInput.CheckAsync(input, _options.Format, progress, cancellationToken);
        string identity = _options.TeacherIdentity ?? $"{teacher.Description.Kind} {teacher.Description.Name}";
        var header = LabelJournalHeader.Of(rows, identity, _options.Threshold);
        using var journal = LabelJournal.Open(JournalOf(output), header, rows.Rows, _options.BatchSize);
        await new TeacherRun(teacher, _options, progress).ScoreAsync(rows, journal, cancellationToken);
        DisagreementReport report = await WriteAsync(rows, journal, output, onReport, progress, cancellationToken);
        journal.Delete();
        return report;
    }

    private async Task<DisagreementReport> WriteAsync(
        LabelInput rows,
        LabelJournal journal,
        string output,
        Func<DisagreementReport, Task>? onReport,
        IProgress<LabelProgress>? progress,
        CancellationToken cancellationToken)
    {
        var tally = new DisagreementTally(_options.Threshold, _options.SurprisingRows);
        await using var writer = ExampleWriter.Create(output);
        await using IAsyncEnumerator<double> probabilities = journal.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (Example row in rows.ReadAsync(cancellationToken))
        {
            double probability = await probabilities.MoveNextAsync() ? probabilities.Current : throw rows.Changed();
            tally.Add(row, probability);
            await writer.WriteAsync(Labelled(row, probability), cancellationToken);
            if (tally.Rows % _options.BatchSize == 0)
            {
                progress?.Report(new LabelProgress(LabelStage.Writing, tally.Rows, rows.Rows, 0));
            }
        }

        DisagreementReport report = tally.Rows == rows.Rows ? Report(tally, rows.Path, output) : throw rows.Changed();
        if (onReport is not null)
        {
            await onReport(report);
        }

        await writer.CompleteAsync(cancellationToken);
        return report;
    }

    private Example Labelled(Example row, double probability) => row with
    {
        UnsafeProbability = probability,
        Unsafe = _options.KeepLabels && row.Unsafe is { } label ? label : probability >= _options.Threshold,
    };

    private DisagreementReport Report(DisagreementTally tally, string input, string output) => new()
    {
        Created = _clock.GetUtcNow(),
        PicketVersion = typeof(Labeller).Assembly.GetName().Version!.ToString(3),
        Input = Path.GetFileName(input),
        Output = Path.GetFileName(output),
        Teacher = teacher.Description,
        Threshold = _options.Threshold,
        KeptLabels = _options.KeepLabels,
        Overall = tally.Overall,
        Sources = tally.Sources,
        Categories = tally.Categories,
        Histogram = tally.Histogram,
        Surprising = tally.Surprising,
    };
}
