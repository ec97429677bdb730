using Picket.Models.Bundles;
using Picket.Training.DebertaV2;
using Picket.Training.Distillation;

namespace Picket.Cli;

/// <summary>The stage of <c>picket distil</c>: labelled rows in, a guard's bundle out. Its keys are those of a settings file.</summary>
internal static class DistilRecipe
{
    public const string Name = "distil";
    private const string Data = "data";

    // Where and how it is computed; the start and its tokenizer count by their content.
    private static readonly string[] s_without =
        ["student.from", "student.tokenizer", "student.threads", "student.checkpointing", "training.checkpoint_every"];

    private static readonly string[] s_tokenizers = ["spm.model", "tokenizer.json"];

    public static PipelineStage Create(
        RecipeSection section, string folder, string? made, PipelineServices services, ICollection<string> faults)
    {
        string report = Path.Combine(folder, "training.json");
        IReadOnlyList<string> data = [.. made is null ? [] : (string[])[made], .. section.TakeAll(Data)];
        if (data.Count == 0)
        {
            faults.Add($"{section.Missing(Data)}: expected at least one file, as no stage before makes one, found none");
        }

        var reader = new SettingsReader<DistilOptions>(TrainingSettingTable.Distil, new DistilOptions(), static options => options.Faults());
        DistilOptions options = reader.Read(section.Left, section.Place, section.Missing, faults);
        return new PipelineStage
        {
            Name = Name,
            Folder = folder,
            Result = folder,
            Report = report,
            Settings = TrainingSettingTable.Distil.Where(static setting => !s_without.Contains(setting.Key)).ToDictionary(
                static setting => setting.Key, setting => SettingValue.Format(setting.Get(options)), StringComparer.Ordinal),
            Files = [.. data, .. Start(options.Student)],
            IsWhole = () => File.Exists(Path.Combine(folder, GuardManifest.FileName)) && TrainingReportJson.TryRead(report)?.State == "finished",
            RunAsync = (output, stop) => new DistilRun(services.Streams, services.Distil, services.Guards, services.Clock)
                .RunAsync(options, new DistilFiles(folder, data, []), output, stop),
        };
    }

    /// <summary>What the student is begun with; a config.json has its tokenizer beside it.</summary>
    private static IEnumerable<string> Start(StudentOptions student) =>
        new[] { student.From, student.Tokenizer }.Where(static file => file.Length > 0).Concat(
            File.Exists(student.From) && student.Tokenizer.Length == 0
                ? s_tokenizers.Select(name => Path.Combine(Path.GetDirectoryName(student.From)!, name)).Where(File.Exists)
                : []);
}
