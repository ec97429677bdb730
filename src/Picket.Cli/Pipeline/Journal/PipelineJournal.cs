using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Cli;

/// <summary>What a journal says of a stage.</summary>
/// <param name="Identity">What it was begun with, as <see cref="PipelineStage.IdentityAsync"/> gives it.</param>
/// <param name="Begun">When, in UTC.</param>
/// <param name="Finished">When it was done; <see langword="null"/> before.</param>
/// <param name="Sittings">How often it was begun or gone on with.</param>
internal sealed record JournalStage(
    IReadOnlyDictionary<string, string> Identity, DateTimeOffset Begun, DateTimeOffset? Finished, int Sittings);

/// <summary>
/// Which stages of a pipeline were begun and finished, and with what; a stage's own progress is in its folder. One process has it at a time.
/// </summary>
internal sealed class PipelineJournal : IDisposable
{
    public const string FileName = "pipeline.journal";
    private const string Version = "picket pipeline 1";
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly SortedDictionary<string, JournalStage> _stages;

    private PipelineJournal(string path, FileStream held, SortedDictionary<string, JournalStage> stages) =>
        (_path, _lock, _stages) = (path, held, stages);

    /// <summary>Opens the journal in <paramref name="folder"/>, which is made when absent.</summary>
    /// <exception cref="PicketException">Another run has it, it is no journal, or the folder cannot be made.</exception>
    public static PipelineJournal Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        FileStream held = Hold(folder, path + ".lock");
        try
        {
            return new PipelineJournal(path, held, Read(path));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>What the journal in <paramref name="folder"/> says, by stage; nothing where there is none.</summary>
    /// <exception cref="PicketException">It is no journal.</exception>
    public static SortedDictionary<string, JournalStage> ReadIn(string folder) => Read(Path.Combine(folder, FileName));

    /// <summary>What it says of a stage; <see langword="null"/> for one that was never begun.</summary>
    public JournalStage? Find(string stage) => _stages.GetValueOrDefault(stage);

    /// <summary>Writes down what is known of a stage.</summary>
    /// <exception cref="PicketException">The journal cannot be written; the one before is untouched.</exception>
    public void Write(string stage, JournalStage entry)
    {
        _stages[stage] = entry;
        string temporary = _path + ".tmp";
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                JsonSerializer.Serialize(file, new JournalFile(Version, _stages), PipelineJournalJson.Default.JournalFile);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{_path}: cannot be written: {fault.Message}", fault);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Hold(string folder, string path)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            string problem = File.Exists(path) ? "is in use by another run, or may not be written" : "cannot be created";
            throw new PicketException($"{folder}: {problem}", fault);
        }
    }

    private static SortedDictionary<string, JournalStage> Read(string path)
    {
        if (!File.Exists(path))
        {
            return new SortedDictionary<string, JournalStage>(StringComparer.Ordinal);
        }

        JournalFile? file = null;
        try
        {
            using FileStream content = InputFile.OpenRead(path);
            file = JsonSerializer.Deserialize(content, PipelineJournalJson.Default.JournalFile);
        }
        catch (JsonException)
        {
            // The same as another file.
        }

        return file is { Journal: Version, Stages: { } stages } && stages.Values.All(static stage => stage is { Identity: not null })
            ? new SortedDictionary<string, JournalStage>(stages, StringComparer.Ordinal)
            : throw new PicketException($"{path}: expected the journal of an earlier run, found another file; move it away");
    }
}

/// <summary>The file: its version, and the stages by name.</summary>
internal sealed record JournalFile(string Journal, SortedDictionary<string, JournalStage> Stages);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(JournalFile))]
internal sealed partial class PipelineJournalJson : JsonSerializerContext;
