using System.CommandLine;
using Picket.Training.Labelling;

namespace Picket.Cli;

/// <summary>The stage of <c>picket label</c>: rows in, <c>rows.jsonl</c> with labels out.</summary>
internal static class LabelRecipe
{
    public const string Name = "label";
    private const string Input = "input";

    public static PipelineStage Create(
        RecipeSection section, string folder, string? made, PipelineServices services, ICollection<string> faults)
    {
        int before = faults.Count;
        string result = Path.Combine(folder, "rows.jsonl");
        string report = Path.Combine(folder, "label.json");
        string page = Path.Combine(folder, "label.html");
        string input = section.TakeInput(Input, made, faults);
        var words = new SectionWords(section, LabelCommand.Create(services.Streams, services.Guards), "--out", "--report");
        ParseResult line = words.Parse([$"--out={result}", $"--report={report}", $"--report={page}", "--", input], faults);
        LabelSettings? settings = faults.Count > before ? null : LabelCommand.Settings(line);
        foreach (string fault in settings?.Faults() ?? [])
        {
            faults.Add(words.Located(fault));
        }

        return new PipelineStage
        {
            Name = Name,
            Folder = folder,
            Result = result,
            Report = report,
            Settings = words.Values(line, "guard", "threads").ToDictionary(
                static value => value.Key, static value => value.Value, StringComparer.Ordinal),
            Files = [input],
            Guards = settings is null ? [] : [settings.Guard],
            IsWhole = () => File.Exists(result) && File.Exists(report),
            Leftover = Labeller.JournalOf(result),
            RunAsync = (output, stop) => new LabelRun(settings!, services.Streams, output, services.Guards).RunAsync(stop),
        };
    }
}
