using System.CommandLine;
using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>The stage of <c>picket augment</c>: seed rows in, <c>rows.jsonl</c> out.</summary>
internal static class AugmentRecipe
{
    public const string Name = "augment";
    private const string Input = "input";

    // What is paid and waited, but not what is written.
    private static readonly string[] s_without =
        ["concurrency", "retries", "timeout", "generator_prices", "refuser_prices", "complier_prices"];

    public static PipelineStage Create(RecipeSection section, string folder, PipelineServices services, ICollection<string> faults)
    {
        int before = faults.Count;
        string result = Path.Combine(folder, "rows.jsonl");
        string report = Path.Combine(folder, "augment.json");
        string input = section.TakeInput(Input, made: null, faults);
        var words = new SectionWords(section, AugmentCommand.Create(services.Streams, services.Models), "--out", "--report");
        ParseResult line = words.Parse([$"--out={result}", $"--report={report}", "--", input], faults);
        AugmentSettings? settings = faults.Count > before ? null : AugmentWords.Settings(line);
        foreach (string fault in settings?.Faults() ?? [])
        {
            faults.Add(words.Located(fault));
        }

        string[] template = settings?.Template is { } file && File.Exists(file) ? [file] : [];
        return new PipelineStage
        {
            Name = Name,
            Folder = folder,
            Result = result,
            Report = report,
            Settings = words.Values(line, s_without).ToDictionary(static value => value.Key, static value => value.Value, StringComparer.Ordinal),
            Files = [input, .. settings?.Augmentation.EvaluationFiles ?? [], .. template],
            IsWhole = () => File.Exists(result) && File.Exists(report),
            Leftover = Augmenter.JournalOf(result),
            RunAsync = (output, stop) => new AugmentRun(settings!, services.Streams, output, services.Models).RunAsync(stop),
        };
    }
}
