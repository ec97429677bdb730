using Picket.Chat;

namespace Picket.Cli;

/// <summary>What the words of a <c>picket audit jailbreak</c> come to.</summary>
internal sealed record AuditJailbreakSettings
{
    /// <summary>The model; <see langword="null"/> is a fault.</summary>
    public ModelSettings? Target { get; init; }

    /// <summary>Behaviours; <see langword="null"/> where only pairs are asked for.</summary>
    public string? Behaviours { get; init; }

    /// <summary>Harmless requests.</summary>
    public string? Benign { get; init; }

    /// <summary>How both are read; <see langword="null"/> recognises it by content.</summary>
    public string? Format { get; init; }

    /// <summary>The most of either.</summary>
    public int? MaxBehaviours { get; init; }

    /// <summary>Where pairs that the target names are written; then the command ends.</summary>
    public string? AskPairs { get; init; }

    /// <summary>A file of pairs.</summary>
    public string? Pairs { get; init; }

    /// <summary>A published list.</summary>
    public string? List { get; init; }

    /// <summary>The wording, or the name of a published one.</summary>
    public string Template { get; init; } = "paper";

    public string? SystemPrompt { get; init; }

    public bool Baseline { get; init; } = true;

    public bool RandomAdjectives { get; init; } = true;

    public int Repeats { get; init; }

    /// <summary>Defences by name, besides none.</summary>
    public IReadOnlyList<string> Defences { get; init; } = [];

    public long Seed { get; init; }

    /// <summary>The guard that judges.</summary>
    public string? JudgeGuard { get; init; }

    /// <summary>Empty answers succeed for the paper's judge.</summary>
    public bool PaperJudge { get; init; }

    public int Resamples { get; init; }

    public JailbreakAuditOptions Audit { get; init; } = new();

    public TimeSpan Timeout { get; init; }

    public int Retries { get; init; }

    /// <summary>The JSON report's path; the journal lies beside it.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The page's path.</summary>
    public string? HtmlPath { get; init; }

    public string JournalPath => JsonPath + ".journal";

    /// <summary>The wording of the template.</summary>
    public string TemplateText => Template switch { "paper" => AuditTemplate.Paper, "code" => AuditTemplate.Code, _ => Template };

    /// <summary>What is out of range or does not go together; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (Target is null)
        {
            yield return "--target: expected the address of a chat model, found none";
        }

        foreach (string fault in Audit.Faults())
        {
            yield return fault;
        }

        if (Repeats is < 1 or > 1000)
        {
            yield return $"--repeats: found {Repeats}, expected 1 to 1000";
        }

        if (Resamples is < 0 or > 1_000_000)
        {
            yield return $"--resamples: found {Resamples}, expected 0 to 1000000";
        }

        if (MaxBehaviours < 1)
        {
            yield return $"--max-behaviours: found {MaxBehaviours}, expected 1 or more";
        }

        foreach (string fault in AskPairs is null ? AuditFaults() : [])
        {
            yield return fault;
        }
    }

    private IEnumerable<string> AuditFaults()
    {
        if (Behaviours is null)
        {
            yield return "--behaviours: expected a file, found none; Picket has no harmful requests of its own";
        }

        if (JsonPath is null)
        {
            yield return "--out: expected a file for the report, beside which the journal lies, found none";
        }

        if ((Pairs is null) == (List is null))
        {
            yield return $"--pairs, --list: expected one of the two, found {(Pairs is null ? "none" : "both")}; "
                + "--ask-pairs has the target name pairs";
        }

        if (JsonPath is not null && HtmlPath is not null && Path.GetFullPath(JsonPath) == Path.GetFullPath(HtmlPath))
        {
            yield return "--out and --html: expected two files, found one";
        }
    }
}
