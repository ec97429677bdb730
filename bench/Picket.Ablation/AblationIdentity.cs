namespace Picket.Ablation;

/// <summary>Keeps a work folder to the settings that its rows were made with.</summary>
internal static class AblationIdentity
{
    private const string FileName = "settings.json";

    /// <summary>What all rows and figures depend on, but for the students.</summary>
    /// <exception cref="PicketException">A file is absent.</exception>
    public static async Task<SortedDictionary<string, string>> OfAsync(
        AblationSettings settings, string teacherHash, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["teacher sha256"] = teacherHash,
            ["data sha256"] = await WholeFile.HashAsync(settings.Data, cancellationToken),
            ["seed rows"] = $"{settings.SeedRows}",
            ["added rows"] = $"{settings.Added}",
            ["order"] = $"{settings.Order}",
            ["temperature"] = $"{settings.Temperature:R}",
            ["benign share"] = $"{settings.BenignShare:R}",
        };
        foreach (string file in settings.EvaluationFiles)
        {
            found[$"{Path.GetFileName(file)} sha256"] = await WholeFile.HashAsync(file, cancellationToken);
        }

        return found;
    }

    /// <summary>Notes the settings in a new work folder, or compares them with those of an old one.</summary>
    /// <exception cref="PicketException">The folder's rows were made with others; all differences are named.</exception>
    public static async Task KeepAsync(string work, SortedDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        string path = Path.Combine(work, FileName);
        if (await WholeFile.ReadJsonAsync<SortedDictionary<string, string>>(path, cancellationToken) is not { } before)
        {
            await WholeFile.WriteJsonAsync(path, settings, cancellationToken);
            return;
        }

        string[] others =
        [
            .. settings.Keys.Union(before.Keys).Where(key => settings.GetValueOrDefault(key) != before.GetValueOrDefault(key))
                .Select(key => $"{key}: expected {before.GetValueOrDefault(key) ?? "none"}, found {settings.GetValueOrDefault(key) ?? "none"}"),
        ];
        if (others.Length > 0)
        {
            throw new PicketException($"{path}: the work folder is another ablation's ({string.Join("; ", others)}); give --work another folder");
        }
    }
}
