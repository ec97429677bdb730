using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Picket.Training.Labelling;

/// <summary>
/// The teacher's probabilities on disk, a line a row in the order of the input, after one line that says what they belong to. It is only
/// ever appended to; opening it cuts off what a kill left behind: a half-written line, and the rows of a batch that is not whole.
/// </summary>
/// <remarks>
/// Rows are scored again in the same batches as in an undisturbed run, because a transformer's last bits depend on what else is in the batch.
/// Text rather than doubles, so that the zeros a power cut leaves at the end of a file are no scores.
/// </remarks>
internal sealed class LabelJournal : IDisposable
{
    private readonly JournalFile _file;
    private long _start;

    private LabelJournal(JournalFile file) => _file = file;

    /// <summary>Rows scored.</summary>
    public int Rows { get; private set; }

    /// <summary>A write failed, and what it left behind is for the next opening to cut off.</summary>
    public bool Failed { get; private set; }

    /// <summary>Opens or begins the journal at <paramref name="path"/> for this process alone.</summary>
    /// <exception cref="PicketException">It belongs to something else, is no journal, is in use, or cannot be written.</exception>
    public static LabelJournal Open(string path, LabelJournalHeader header, int rows, int batchSize)
    {
        var file = new JournalFile(path);
        try
        {
            var journal = new LabelJournal(file);
            journal.Resume(header, rows, batchSize);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends the probabilities of the next rows in one write.</summary>
    public void Append(IReadOnlyList<double> probabilities)
    {
        var lines = new StringBuilder();
        foreach (double probability in probabilities)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{probability:R}").Append('\n');
        }

        Write(Encoding.ASCII.GetBytes(lines.ToString()));
        Rows += probabilities.Count;
    }

    /// <summary>Every probability, from the first row on.</summary>
    public async IAsyncEnumerable<double> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _file.Stream.Position = _start;
        using var reader = new StreamReader(_file.Stream, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return double.Parse(line, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Removes the file: its scores are in the output.</summary>
    public void Delete() => _file.Delete();

    /// <summary>Closes the file and has the disk take what was appended; the file stays, unless it has no scores.</summary>
    public void Dispose() => _file.Close(keep: Rows > 0);

    private void Resume(LabelJournalHeader header, int rows, int batchSize)
    {
        var lines = new JournalLines(_file.Stream);
        if (!lines.TryRead(out ReadOnlySpan<byte> first))
        {
            Begin(header.ToLine().AsSpan().StartsWith(first) ? header : throw _file.NotAJournal());
            return;
        }

        LabelJournalHeader found = LabelJournalHeader.Parse(first) ?? throw _file.NotAJournal();
        _start = lines.End;
        long end = _start;
        for (int whole = 1; whole <= rows && lines.TryRead(out ReadOnlySpan<byte> line) && IsProbability(line); whole++)
        {
            if (whole % batchSize == 0 || whole == rows)
            {
                Rows = whole;
                end = lines.End;
            }
        }

        if (header.DifferencesFrom(found) is not [_, ..] differences)
        {
            _file.Cut(end);
        }
        else if (Rows == 0)
        {
            Begin(header);
        }
        else
        {
            throw _file.BelongsTo(differences);
        }
    }

    private void Begin(LabelJournalHeader header)
    {
        _file.Begin(header.ToLine());
        _start = _file.Stream.Length;
    }

    private void Write(byte[] bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (PicketException)
        {
            Failed = true;
            throw;
        }
    }

    private static bool IsProbability(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out double value, out int length) && length == line.Length && value is >= 0 and <= 1;
}
