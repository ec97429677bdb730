using Picket.Chat;
using Picket.Training;
using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>What the words of a <c>picket augment</c> come to.</summary>
internal sealed record AugmentSettings
{
    /// <summary>The seed rows.</summary>
    public required string Input { get; init; }

    /// <summary>The rows that are made.</summary>
    public required string Output { get; init; }

    public ModelSettings? Generator { get; init; }

    public ModelSettings? Refuser { get; init; }

    public ModelSettings? Complier { get; init; }

    /// <summary>How the generator's server goes on with a prefix; <see langword="null"/> to find out.</summary>
    public PrefixStyle? Style { get; init; }

    /// <summary>The generator's chat template, a name or a file; <see langword="null"/> leaves it to the server.</summary>
    public string? Template { get; init; }

    /// <summary>A WordNet database's folder.</summary>
    public string WordNet { get; init; } = Picket.Training.Augmentation.WordNet.DefaultFolder;

    /// <summary>The time one try of a request may take.</summary>
    public TimeSpan Timeout { get; init; } = new RemoteOptions().RequestTimeout;

    /// <summary>Further tries of a request.</summary>
    public int Retries { get; init; } = new RemoteOptions().MaxRetries;

    /// <summary>A file for the report.</summary>
    public string? Report { get; init; }

    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>What is out of range or does not go together; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (SettingFault fault in Augmentation.Faults())
        {
            yield return $"{OptionOf(fault.Key)}: expected {fault.Expected}, found {fault.Found}";
        }

        bool writes = Augmentation.Strategy == AugmentationStrategy.HarmAug;
        if (writes && Generator is null)
        {
            yield return "--generator: expected the address of a server that writes the instructions, found none";
        }

        if (writes && !Augmentation.EmptyResponses && Refuser is null && Complier is null)
        {
            yield return "--no-empty-responses: expected --refuser or --complier beside it, for there is no row else";
        }

        if (Style == PrefixStyle.RenderedTemplate && Template is null)
        {
            yield return "--prefix-style template: expected --chat-template beside it";
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromDays(1))
        {
            yield return $"--timeout: expected 1 to 86400 s, found {Timeout.TotalSeconds}";
        }

        if (Retries is < 0 or > 100)
        {
            yield return $"--retries: expected 0 to 100, found {Retries}";
        }

        if (Report is not null && !Report.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"--report: expected a name that ends in .json, found {Report}";
        }

        foreach (string fault in SameFiles())
        {
            yield return fault;
        }
    }

    private static string OptionOf(string key) => "--" + key
        .Replace("instructions.", "", StringComparison.Ordinal)
        .Replace("responses.", "response-", StringComparison.Ordinal)
        .Replace("eda.", "", StringComparison.Ordinal)
        .Replace('_', '-');

    private IEnumerable<string> SameFiles()
    {
        (string What, string Path)[] files =
        [
            ("FILE", Input), ("--out", Output), ("--out's journal", Augmenter.JournalOf(Output)),
            .. Report is null ? [] : ((string, string)[])[("--report", Report)],
            .. Augmentation.EvaluationFiles.Select(static file => ("--decontaminate", file)),
        ];
        return files.GroupBy(static file => Path.GetFullPath(file.Path)).Where(static same => same.Count() > 1).Select(static same =>
            $"{string.Join(" and ", same.Select(static file => file.What))}: expected different files, found one: {same.First().Path}");
    }
}
