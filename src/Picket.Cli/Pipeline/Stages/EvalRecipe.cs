using System.CommandLine;

namespace Picket.Cli;

/// <summary>The stage of <c>picket eval</c>: the distilled guard, and others that are named, on labelled rows.</summary>
internal static class EvalRecipe
{
    public const string Name = "eval";

    public static PipelineStage Create(
        RecipeSection section, string folder, string? distilled, PipelineServices services, ICollection<string> faults)
    {
        string json = Path.Combine(folder, "eval.json");
        string page = Path.Combine(folder, "eval.html");
        bool names = section.Left.Any(static entry => entry.Key == "guard");
        var words = new SectionWords(section, EvalCommand.Create(services.Streams, services.Guards), "--out", "--html");
        int before = faults.Count;
        ParseResult line = words.Parse([$"--out={json}", $"--html={page}"], faults);
        EvalSettings? settings = faults.Count > before ? null : EvalCommand.Settings(line);
        foreach (string fault in settings?.Faults() ?? [])
        {
            faults.Add(words.Located(fault));
        }

        string[] others = settings is not null && (names || distilled is null) ? [.. settings.Guards] : [];
        string[] guards = [.. distilled is null ? [] : (string[])[distilled], .. others];
        return new PipelineStage
        {
            Name = Name,
            Folder = folder,
            Result = json,
            Report = json,
            Settings = words.Values(line, "guard", "data").ToDictionary(
                static value => value.Key, static value => value.Value, StringComparer.Ordinal),
            Files = [.. (settings?.Data ?? []).SelectMany(static named => Directory.Exists(named) ? EvalData.Expand([named]) : [named])],
            Guards = guards,
            IsWhole = () => File.Exists(json) && File.Exists(page),
            RunAsync = (output, stop) =>
                new EvalRun(settings! with { Guards = guards }, services.Streams, output, services.Guards, services.Clock).RunAsync(stop),
        };
    }
}
