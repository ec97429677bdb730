using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Models.Formats;
using Picket.Training.Autograd;

namespace Picket.Training.Optimisation;

/// <summary>
/// What a training has come to, in memory and on the disk: <c>checkpoint.safetensors</c> with parameters, both moments and the history, and
/// <c>best.safetensors</c> with the parameters of the best evaluation.
/// </summary>
/// <remarks>
/// The best file may be ahead of the checkpoint after a kill. It is none the worse for it: the resumed training comes to the same evaluation
/// again, and writes the same file.
/// </remarks>
internal sealed class TrainingState(
    AdamW optimiser, string folder, IReadOnlyDictionary<string, string> identity, Func<string, Stream>? create = null)
{
    public const string FileName = "checkpoint.safetensors";
    public const string BestName = "best.safetensors";
    private const string HeaderName = "picket.header";
    private const string HistoryName = "picket.history";
    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly string _path = Path.Combine(folder, FileName);
    private readonly string _bestPath = Path.Combine(folder, BestName);

    /// <summary>Every update so far.</summary>
    public List<TrainingStep> Steps { get; } = [];

    /// <summary>Every evaluation so far.</summary>
    public List<TrainingEvaluation> Evaluations { get; } = [];

    /// <summary>Updates so far.</summary>
    public long Step => Steps.Count;

    /// <summary>The update that the checkpoint on the disk is of; -1 where there is none.</summary>
    public long SavedStep { get; private set; } = -1;

    /// <summary>The best evaluation so far.</summary>
    public TrainingEvaluation? Best => Evaluations.FindLast(static evaluation => evaluation.Best);

    /// <summary>The parameters as they are kept in both files.</summary>
    public static IEnumerable<StateArray> Values(IEnumerable<Parameter> parameters) => parameters.Select(
        static parameter => new StateArray(parameter.Name, parameter.Value.Rows, parameter.Value.Columns, () => parameter.Values));

    /// <summary>Takes over the checkpoint in the folder, where there is one.</summary>
    /// <exception cref="PicketException">It is damaged, or of a training on other data or with other settings.</exception>
    public void Resume()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        using TensorSource source = StateFile.Open(_path);
        (Header header, byte[] json) = ReadHeader(source);
        byte[] history = StateFile.ReadBytes(source, HistoryName);
        StateFile.ReadArrays(source, [json, history], Everything());
        Steps.AddRange(MemoryMarshal.Cast<byte, TrainingStep>(history));
        Evaluations.AddRange(header.Evaluations);
        SavedStep = Step;
        if (Best is not null)
        {
            using TensorSource best = StateFile.Open(_bestPath);
            ReadHeader(best);
        }
    }

    /// <summary>Writes the checkpoint.</summary>
    /// <exception cref="PicketException">It cannot be written; the one before is untouched.</exception>
    public void Save()
    {
        byte[] history = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(Steps)).ToArray();
        StateFile.Write(_path, [(HeaderName, HeaderJson()), (HistoryName, history)], Everything(), create);
        SavedStep = Step;
    }

    /// <summary>Writes the parameters as the best ones.</summary>
    /// <exception cref="PicketException">They cannot be written; those before are untouched.</exception>
    public void SaveBest() => StateFile.Write(_bestPath, [(HeaderName, HeaderJson())], [.. Values(optimiser.Parameters)], create);

    /// <summary>Overwrites the parameters with the best ones.</summary>
    /// <returns>The update that they are of.</returns>
    /// <exception cref="PicketException">They cannot be read.</exception>
    public long LoadBest()
    {
        using TensorSource source = StateFile.Open(_bestPath);
        (Header header, byte[] json) = ReadHeader(source);
        StateFile.ReadArrays(source, [json], [.. Values(optimiser.Parameters)]);
        return header.Step;
    }

    /// <summary>Deletes both files, once what they are kept for is written.</summary>
    public static void Delete(string folder)
    {
        SafeFile.Delete(Path.Combine(folder, FileName));
        SafeFile.Delete(Path.Combine(folder, BestName));
    }

    private StateArray[] Everything() =>
    [
        .. Values(optimiser.Parameters),
        .. optimiser.Parameters.SelectMany((parameter, i) => (StateArray[])
        [
            new StateArray("mean." + parameter.Name, parameter.Value.Rows, parameter.Value.Columns, () => optimiser.Mean(i)),
            new StateArray("variance." + parameter.Name, parameter.Value.Rows, parameter.Value.Columns, () => optimiser.Variance(i)),
        ]),
    ];

    private byte[] HeaderJson() => JsonSerializer.SerializeToUtf8Bytes(new Header(Step, identity, Evaluations), s_json);

    private (Header Header, byte[] Json) ReadHeader(TensorSource source)
    {
        byte[] json = StateFile.ReadBytes(source, HeaderName);
        Header? header = null;
        try
        {
            header = JsonSerializer.Deserialize<Header>(json, s_json);
        }
        catch (JsonException)
        {
            // The same as a header that lacks something.
        }

        if (header is not { Step: >= 0, Identity: not null, Evaluations: not null })
        {
            throw new PicketException(
                $"{source.Path}: the checkpoint is damaged: expected a header in JSON; remove {FileName} and {BestName} to start again");
        }

        RequireSame(source.Path, header.Identity);
        return (header, json);
    }

    private void RequireSame(string path, IReadOnlyDictionary<string, string> found)
    {
        string[] others =
        [
            .. identity.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
                .Where(key => identity.GetValueOrDefault(key) != found.GetValueOrDefault(key))
                .Select(key => $"{key} ({Shown(found.GetValueOrDefault(key))} there, {Shown(identity.GetValueOrDefault(key))} here)"),
        ];
        if (others.Length > 0)
        {
            throw new PicketException(
                $"{path}: this checkpoint belongs to a training that differs in {string.Join(", ", others)}; "
                + "train with what it began with, or remove it or choose another folder to start again");
        }

        // Hashes are there to differ, not to be read.
        static string Shown(string? value) => value is null ? "none" : value.Length > 16 ? value[..8] + "..." : value;
    }

    private sealed record Header(long Step, IReadOnlyDictionary<string, string> Identity, IReadOnlyList<TrainingEvaluation> Evaluations);
}
