using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Picket.Chat;

namespace Picket.Training.Auditing;

/// <summary>
/// The answers of a jailbreak audit on disk, a line an answer after one line that says what they belong to. Opening it cuts off what a kill left
/// behind: a half-written line.
/// </summary>
/// <remarks>Safe to use from several threads at once; for one process alone. Holds texts only where the audit keeps answers.</remarks>
public sealed class TrialJournal : ITrialJournal, IDisposable
{
    private readonly Lock _gate = new();
    private readonly JournalFile _file;
    private readonly Dictionary<int, TrialAnswer> _answers = [];
    private PicketException? _fault;

    private TrialJournal(JournalFile file) => _file = file;

    /// <summary>Opens or begins the journal at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">All that the answers depend on, by name (<see cref="JailbreakAuditor.Describe"/>).</param>
    /// <exception cref="PicketException">It belongs to another audit, is no journal, is in use, or cannot be written.</exception>
    public static TrialJournal Open(string path, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var file = new JournalFile(path);
        try
        {
            var journal = new TrialJournal(file);
            var all = new SortedDictionary<string, string>(settings.ToDictionary(), StringComparer.Ordinal);
            journal.Resume(new TrialJournalHeader(TrialJournalHeader.Version, all));
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public TrialAnswer? Find(int number)
    {
        lock (_gate)
        {
            return _answers.GetValueOrDefault(number);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="PicketException">It cannot be written.</exception>
    public void Append(TrialAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(answer, TrialJson.Relaxed.TrialAnswer), (byte)'\n'];
        lock (_gate)
        {
            // Nothing goes behind a line that may be half there: the next opening would cut it off with that line.
            if (_fault is not null)
            {
                throw _fault;
            }

            try
            {
                _file.Write(line);
            }
            catch (PicketException fault)
            {
                _fault = fault;
                throw;
            }

            _answers[answer.Number] = answer;
        }
    }

    /// <summary>Removes the file: what became of its answers is in the report.</summary>
    public void Delete() => _file.Delete();

    /// <summary>Closes the file, which stays unless it has no answers.</summary>
    public void Dispose() => _file.Close(keep: _answers.Count > 0);

    private static T? Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Resume(TrialJournalHeader header)
    {
        var lines = new JournalLines(_file.Stream);
        if (!lines.TryRead(out ReadOnlySpan<byte> first))
        {
            // A kill within the first line leaves its beginning.
            byte[] whole = header.ToLine();
            _file.Begin(first.Length <= whole.Length && whole.AsSpan(0, first.Length).SequenceEqual(first) ? whole : throw _file.NotAJournal());
            return;
        }

        TrialJournalHeader? found = Parse(first, TrialJson.Relaxed.TrialJournalHeader);
        if (found is not { Journal: TrialJournalHeader.Version, Settings: not null })
        {
            throw _file.NotAJournal();
        }

        long end = lines.End;
        while (lines.TryRead(out ReadOnlySpan<byte> line)
            && Parse(line, TrialJson.Relaxed.TrialAnswer) is { Number: >= 0, Successes: not null } answer)
        {
            _answers[answer.Number] = answer;
            end = lines.End;
        }

        if (header.DifferencesFrom(found) is not [_, ..] differences)
        {
            _file.Cut(end);
        }
        else if (_answers.Count == 0)
        {
            _file.Begin(header.ToLine());
        }
        else
        {
            throw _file.BelongsTo(differences);
        }
    }
}
