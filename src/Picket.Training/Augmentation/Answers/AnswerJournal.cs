using System.Text.Json;

namespace Picket.Training.Augmentation;

/// <summary>
/// Every answer that was paid for, on disk, a line an answer in the order in which they came, after one line that says what they belong to. It
/// is only ever appended to; opening it cuts off what a kill left behind: a half-written line.
/// </summary>
/// <remarks>
/// A run takes from it what it would ask for else, so that one which goes on does what an undisturbed one does. In memory it keeps the place of
/// each answer, not the text. Safe to use from several threads at once.
/// </remarks>
internal sealed class AnswerJournal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly JournalFile _file;
    private readonly Dictionary<(int Number, string Part), (long Start, int Length)> _places = [];
    private PicketException? _fault;

    private AnswerJournal(string path, JournalFile file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Answers in it.</summary>
    public int Answers
    {
        get
        {
            lock (_gate)
            {
                return _places.Count;
            }
        }
    }

    /// <summary>Opens or begins the journal at <paramref name="path"/> for this process alone.</summary>
    /// <exception cref="PicketException">It belongs to something else, is no journal, is in use, or cannot be written.</exception>
    public static AnswerJournal Open(string path, AnswerJournalHeader header)
    {
        var file = new JournalFile(path);
        try
        {
            var journal = new AnswerJournal(path, file);
            journal.Resume(header);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>An answer that came before; <see langword="null"/> where it did not.</summary>
    public Answer? Find(int number, string part)
    {
        (long Start, int Length) place;
        lock (_gate)
        {
            if (!_places.TryGetValue((number, part), out place))
            {
                return null;
            }
        }

        byte[] line = new byte[place.Length];
        for (int read = 0, more = 1; read < line.Length && more > 0; read += more)
        {
            more = RandomAccess.Read(_file.Stream.SafeFileHandle, line.AsSpan(read), place.Start + read);
        }

        return Parse(line) ?? throw new PicketException($"{_path}: expected the answers of this run, found a file that was changed meanwhile");
    }

    /// <summary>Appends an answer in one write.</summary>
    /// <exception cref="PicketException">It cannot be written.</exception>
    public void Append(Answer answer)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(answer, AnswerJson.Relaxed.Answer), (byte)'\n'];
        lock (_gate)
        {
            long start = _file.Stream.Position;
            Write(line);
            _places[(answer.Number, answer.Part)] = (start, line.Length - 1);
        }
    }

    /// <summary>Removes the file: what became of its answers is in the output.</summary>
    public void Delete() => _file.Delete();

    /// <summary>Closes the file and has the disk take what was appended; the file stays, unless it has no answers.</summary>
    public void Dispose() => _file.Close(keep: _places.Count > 0);

    private static Answer? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            Answer? answer = JsonSerializer.Deserialize(line, AnswerJson.Relaxed.Answer);
            return answer is { Number: >= 0, Text: not null, Finish: not null } && (AnswerPart.All.Contains(answer.Part) || answer.Part == AnswerPart.Paraphrase)
                ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Resume(AnswerJournalHeader header)
    {
        var lines = new JournalLines(_file.Stream);
        if (!lines.TryRead(out ReadOnlySpan<byte> first))
        {
            _file.Begin(AnswerJournalHeader.MayBegin(first) ? header.ToLine() : throw _file.NotAJournal());
            return;
        }

        AnswerJournalHeader found = AnswerJournalHeader.Parse(first) ?? throw _file.NotAJournal();
        long end = lines.End;
        while (lines.TryRead(out ReadOnlySpan<byte> line) && Parse(line) is { } answer)
        {
            _places[(answer.Number, answer.Part)] = (lines.Start, line.Length);
            end = lines.End;
        }

        if (header.DifferencesFrom(found) is not [_, ..] differences)
        {
            _file.Cut(end);
        }
        else if (_places.Count == 0)
        {
            _file.Begin(header.ToLine());
        }
        else
        {
            throw _file.BelongsTo(differences);
        }
    }

    // Nothing goes behind a line that may be half there: the next opening would cut it off with that line.
    private void Write(byte[] bytes)
    {
        if (_fault is not null)
        {
            throw _fault;
        }

        try
        {
            _file.Write(bytes);
        }
        catch (PicketException fault)
        {
            _fault = fault;
            throw;
        }
    }
}
