namespace Picket.Cli;

/// <summary>Reads a recipe: <c>out</c>, and a section for each stage that is to be run.</summary>
internal static class RecipeReader
{
    private const string Out = "out";
    private static readonly string[] s_sections = [AugmentRecipe.Name, LabelRecipe.Name, DistilRecipe.Name, EvalRecipe.Name];

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <param name="path">The recipe.</param>
    /// <param name="services">What the stages are run with.</param>
    /// <param name="faults">Takes everything that is wrong, one line each.</param>
    /// <exception cref="PicketException">The file cannot be read.</exception>
    public static Recipe Read(string path, PipelineServices services, ICollection<string> faults)
    {
        var file = SettingsFile.Read(path, depth: 3, lists: true);
        foreach (string fault in file.Faults.Concat(Unknown(file, path)))
        {
            faults.Add(fault);
        }

        string folder = file.Entries.FirstOrDefault(static entry => entry.Key == Out)?.Text ?? "";
        if (folder.Length == 0 || File.Exists(folder))
        {
            faults.Add($"{path}, key \"{Out}\": expected a folder, found {(folder.Length == 0 ? "none" : "a file")}");
        }

        var stages = new List<PipelineStage>();
        Add(AugmentRecipe.Name, section => AugmentRecipe.Create(section, At(AugmentRecipe.Name), services, faults));
        Add(LabelRecipe.Name, section => LabelRecipe.Create(section, At(LabelRecipe.Name), ResultOf(AugmentRecipe.Name), services, faults));
        Add(DistilRecipe.Name, section => DistilRecipe.Create(
            section, At(DistilRecipe.Name), ResultOf(LabelRecipe.Name) ?? ResultOf(AugmentRecipe.Name), services, faults));
        Add(EvalRecipe.Name, section => EvalRecipe.Create(
            section, At(EvalRecipe.Name), stages.Exists(static stage => stage.Name == DistilRecipe.Name) ? At(DistilRecipe.Name) : null, services, faults));
        if (stages.Count == 0 && faults.Count == 0)
        {
            faults.Add($"{path}: expected at least one of the sections {string.Join(", ", s_sections)}, found none");
        }

        return new Recipe(path, folder, stages);

        string At(string name) => Path.Combine(folder, name);

        string? ResultOf(string name) => stages.Find(stage => stage.Name == name)?.Result;

        void Add(string name, Func<RecipeSection, PipelineStage> create)
        {
            if (file.Sections.Contains(name) || file.Entries.Any(entry => entry.Key == name && entry.Text.Length == 0))
            {
                var section = new RecipeSection(path, name, [.. file.Entries
                    .Where(entry => entry.Key.StartsWith($"{name}.", StringComparison.Ordinal))
                    .Select(entry => entry with { Key = entry.Key[(name.Length + 1)..] })]);
                PipelineStage stage = create(section);
                stages.Add(stage);
                CheckInputs(stage, section, folder, faults);
            }
        }
    }

    private static IEnumerable<string> Unknown(SettingsFile file, string path)
    {
        string[] known = [Out, .. s_sections];
        return file.Entries
            .Where(entry => entry.Key != Out && !s_sections.Contains(entry.Key.Split('.')[0]) || (s_sections.Contains(entry.Key) && entry.Text.Length > 0))
            .Select(entry => $"{path}, line {entry.Line}, key \"{SettingValue.Shown(entry.Key)}\": "
                + (s_sections.Contains(entry.Key) ? "expected a section, found one value"
                    : $"is not known; {(Spelling.Nearest(entry.Key.Split('.')[0], known) is { } near ? $"did you mean {near}?" : $"known are {string.Join(", ", known)}")}"));
    }

    /// <summary>What no earlier stage makes is to be there, and is asked for before anything is paid.</summary>
    private static void CheckInputs(PipelineStage stage, RecipeSection section, string folder, ICollection<string> faults)
    {
        foreach (string input in stage.Files.Where(input => input.Length > 0 && !StageFiles.IsIn(input, folder) && !Path.Exists(input)))
        {
            faults.Add($"{section.PlaceOf(input)}: no such file or folder: {input}");
        }

        foreach (string guard in stage.Guards.Where(guard => !StageFiles.IsIn(guard, folder)))
        {
            try
            {
                GuardSource.Check(guard);
            }
            catch (PicketException fault)
            {
                faults.Add($"{section.PlaceOf(guard)}: {fault.Message}");
            }
        }
    }
}
