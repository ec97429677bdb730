using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Cli;

/// <summary>What a pipeline came to: its stages, and the report of each as the stage wrote it. It holds no text of a row.</summary>
internal sealed record PipelineReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public required int Schema { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    public required string PicketVersion { get; init; }

    /// <summary>The recipe's file, without its folder.</summary>
    public required string Recipe { get; init; }

    public required IReadOnlyList<ReportStage> Stages { get; init; }

    /// <summary>The report of <c>augment</c>; <see langword="null"/> where the stage is left out, as below.</summary>
    public JsonElement? Augment { get; init; }

    /// <summary>The report of <c>label</c>.</summary>
    public JsonElement? Label { get; init; }

    /// <summary>The training, with its curves thinned as the page of <c>distil</c> shows them.</summary>
    public TrainingPageData? Distil { get; init; }

    /// <summary>The report of <c>eval</c>.</summary>
    public JsonElement? Eval { get; init; }

    /// <summary>Collects what the stages have written.</summary>
    /// <exception cref="PicketException">A report cannot be read.</exception>
    public static PipelineReport Of(Recipe recipe, PipelineJournal journal, DateTimeOffset created)
    {
        Dictionary<string, PipelineStage> stages = recipe.Stages.ToDictionary(static stage => stage.Name, StringComparer.Ordinal);
        return new PipelineReport
        {
            Schema = 1,
            Created = created.ToUniversalTime(),
            PicketVersion = typeof(PipelineReport).Assembly.GetName().Version!.ToString(3),
            Recipe = Path.GetFileName(recipe.Path),
            Stages = [.. recipe.Stages.Select(stage => ReportStage.Of(stage, journal.Find(stage.Name)!))],
            Augment = Read(AugmentRecipe.Name),
            Label = Read(LabelRecipe.Name),
            Distil = stages.TryGetValue(DistilRecipe.Name, out PipelineStage? distil) && TrainingReportJson.TryRead(distil.Report) is { } training
                ? TrainingPage.Data(training)
                : null,
            Eval = Read(EvalRecipe.Name),
        };

        JsonElement? Read(string name)
        {
            if (!stages.TryGetValue(name, out PipelineStage? stage))
            {
                return null;
            }

            try
            {
                using FileStream file = InputFile.OpenRead(stage.Report);
                using var json = JsonDocument.Parse(file);
                return json.RootElement.Clone();
            }
            catch (JsonException fault)
            {
                throw new PicketException($"{stage.Report}, line {fault.LineNumber + 1}: expected the report of {name}, found no JSON", fault);
            }
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, PipelineReportJson.Indented.PipelineReport) + "\n";
}

/// <summary>A stage that is done.</summary>
/// <param name="Name">The command.</param>
/// <param name="Result">What it made: a file or folder, in the pipeline's folder.</param>
/// <param name="Begun">When, in UTC.</param>
/// <param name="Finished">When, in UTC.</param>
/// <param name="Sittings">How often it was begun or gone on with.</param>
/// <param name="Identity">Settings, and hashes of what was read.</param>
internal sealed record ReportStage(
    string Name, string Result, DateTimeOffset Begun, DateTimeOffset? Finished, int Sittings, IReadOnlyDictionary<string, string> Identity)
{
    public static ReportStage Of(PipelineStage stage, JournalStage entry) => new(
        stage.Name,
        Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(stage.Folder))!, stage.Result),
        entry.Begun, entry.Finished, entry.Sittings, entry.Identity);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PipelineReport))]
internal sealed partial class PipelineReportJson : JsonSerializerContext
{
    public static PipelineReportJson Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
