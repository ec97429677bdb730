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
    private readonly FileStream _file;
    private readonly Dictionary<(int Number, string Part), (long Start, int Length)> _places = [];
    private PicketException? _fault;

    private AnswerJournal(string path, FileStream file)
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
        FileStream file = OpenFile(path);
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
            more = RandomAccess.Read(_file.SafeFileHandle, line.AsSpan(read), place.Start + read);
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
            long start = _file.Position;
            Write(line);
            _places[(answer.Number, answer.Part)] = (start, line.Length - 1);
        }
    }

    /// <summary>Removes the file: what became of its answers is in the output.</summary>
    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    /// <summary>Closes the file and has the disk take what was appended; the file stays, unless it has no answers.</summary>
    public void Dispose()
    {
        if (_file.CanWrite)
        {
            try
            {
                _file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // What the disk did not take is asked for again; the fault that matters was thrown by the write.
            }

            _file.Dispose();
            if (_places.Count == 0)
            {
                File.Delete(_path);
            }
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            string problem = File.Exists(path) ? "is in use by another run, or may not be written" : "cannot be created";
            throw new PicketException($"{path}: {problem}", fault);
        }
    }

    private static Answer? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            Answer? answer = JsonSerializer.Deserialize(line, AnswerJson.Relaxed.Answer);
            return answer is { Number: >= 0, Text: not null, Finish: not null } && AnswerPart.All.Contains(answer.Part) ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Resume(AnswerJournalHeader header)
    {
        var lines = new LongLines(_file);
        if (!lines.TryRead(out ReadOnlySpan<byte> first))
        {
            Begin(AnswerJournalHeader.MayBegin(first) ? header : throw NotAJournal());
            return;
        }

        AnswerJournalHeader found = AnswerJournalHeader.Parse(first) ?? throw NotAJournal();
        long end = lines.End;
        while (lines.TryRead(out ReadOnlySpan<byte> line) && Parse(line) is { } answer)
        {
            _places[(answer.Number, answer.Part)] = (lines.Start, line.Length);
            end = lines.End;
        }

        if (header.DifferencesFrom(found) is not [_, ..] differences)
        {
            Cut(end);
        }
        else if (_places.Count == 0)
        {
            Begin(header);
        }
        else
        {
            throw new PicketException(
                $"{_path}: an earlier run left this journal, and it belongs to {string.Join(" and ", differences)}; "
                + "remove it, or finish that run first");
        }
    }

    private void Begin(AnswerJournalHeader header)
    {
        Cut(0);
        Write(header.ToLine());
    }

    private void Cut(long length)
    {
        _file.SetLength(length);
        _file.Position = length;
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
        catch (IOException fault)
        {
            _fault = new PicketException($"{_path}: cannot be written: {fault.Message}", fault);
            throw _fault;
        }
    }

    private PicketException NotAJournal() => new($"{_path}: expected a journal that an earlier run left, found another file; move it away");
}
