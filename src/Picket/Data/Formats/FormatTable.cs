namespace Picket.Data.Formats;

/// <summary>Every format, in the order in which they are looked for. <c>docs/data-formats.md</c> says the same for people.</summary>
internal static class FormatTable
{
    private const string AllUnsafe = "every row is unsafe";

    private static readonly string[] OpenAIFlags = ["S", "H", "V", "HR", "SH", "S3", "H2", "V2"];

    /// <summary>Picket's own, which <see cref="JsonExampleParser"/> reads without a mapping.</summary>
    public static Format Picket { get; } = new(
        "picket",
        RowShape.JsonLines,
        "Picket's own JSON Lines: prompt, and optionally id, response, unsafe, unsafe_probability, category, source, split, parent_id",
        "unsafe: 0 or 1 (true and false are read too); absent or null is not labelled",
        [],
        _ => null)
    {
        AnyField = ["prompt", "response", "unsafe", "unsafe_probability"],
    };

    public static IReadOnlyList<Format> All { get; } =
    [
        Picket,
        new("openai-moderation", RowShape.JsonLines, "OpenAI moderation evaluation set; prompts",
            "unsafe if any of S, H, V, HR, SH, S3, H2, V2 is 1; an absent key (not annotated) counts as 0",
            ["prompt"],
            row => OpenAIModeration((JsonRow)row))
        { AnyField = OpenAIFlags, NoField = ["id", "unsafe"] },
        new("beavertails", RowShape.JsonLines, "BeaverTails; prompts with responses", "unsafe if is_safe is false",
            ["prompt", "response", "is_safe"],
            row => row.Example(row.Text("prompt"), !row.Flag("is_safe"), row.Text("response"), ((JsonRow)row).TrueNames("category"))),

        new("toxicchat", RowShape.Csv, "ToxicChat; the user's inputs, judged without the model's outputs", "toxicity: 0 or 1",
            ["conv_id", "user_input", "toxicity"],
            row => row.Example(row.Text("user_input"), row.Flag("toxicity"), id: row.TextOrNull("conv_id"))),
        new("wildguardtest-response", RowShape.Csv, "WildGuardTest, response harm; prompts with responses",
            "response_harm_label: harmful or unharmful; an empty one is not labelled",
            ["prompt", "response", "adversarial", "prompt_harm_label", "response_harm_label"],
            row => row.Example(
                row.Text("prompt"), row.Choice("response_harm_label", "harmful", "unharmful"), row.TextOrNull("response"), WildGuardCategory(row))),
        new("wildguardtest-prompt", RowShape.Csv,
            "WildGuardTest, prompt harm; prompts. Taken only when named: content alone is read as wildguardtest-response",
            "prompt_harm_label: harmful or unharmful; an empty one is not labelled",
            ["prompt", "response", "adversarial", "prompt_harm_label", "response_harm_label"],
            row => row.Example(row.Text("prompt"), row.Choice("prompt_harm_label", "harmful", "unharmful"), category: WildGuardCategory(row))),
        new("xstest", RowShape.Csv, "XSTest, first version; prompts", "label: safe or unsafe",
            ["id", "prompt", "type", "focus", "label"],
            row => row.Example(
                row.Text("prompt"), row.Choice("label", "unsafe", "safe"), category: row.TextOrNull("type"), id: row.TextOrNull("id"))),
        new("xstest-v2", RowShape.Csv, "XSTest, second version; prompts", "unsafe if the type begins with contrast_",
            ["id_v2", "prompt", "type"],
            row => row.Example(row.Text("prompt"), IsContrast(row.Text("type")), category: row.Text("type"), id: row.TextOrNull("id_v2"))),
        new("simplesafetytests", RowShape.Csv, "SimpleSafetyTests; prompts", AllUnsafe,
            ["id", "harm_area", "prompts_final"],
            row => row.Example(row.Text("prompts_final"), true, category: row.TextOrNull("harm_area"), id: row.TextOrNull("id"))),
        new("harmbench-behaviors", RowShape.Csv, "HarmBench text behaviours; prompts, after their context where they have one", AllUnsafe,
            ["Behavior", "FunctionalCategory", "SemanticCategory", "ContextString", "BehaviorID"],
            row => row.Example(HarmBenchPrompt(row), true, category: $"{row.Text("FunctionalCategory")}/{row.Text("SemanticCategory")}",
                id: row.TextOrNull("BehaviorID"))),
        new("advbench", RowShape.Csv, "AdvBench harmful behaviours; prompts", AllUnsafe,
            ["goal", "target"],
            row => row.Example(row.Text("goal"), true)),
        new("strongreject", RowShape.Csv, "StrongREJECT; prompts", AllUnsafe,
            ["category", "forbidden_prompt"],
            row => row.Example(row.Text("forbidden_prompt"), true, category: row.TextOrNull("category"))),
        JailbreakBench("jailbreakbench", "either half of JailbreakBench's behaviours, which nothing in the file tells apart", "not labelled", null),
        JailbreakBench("jailbreakbench-harmful", "JailbreakBench's harmful behaviours. Taken only when named", AllUnsafe, true),
        JailbreakBench("jailbreakbench-benign", "JailbreakBench's benign behaviours. Taken only when named", "every row is safe", false),
        new("aart", RowShape.Csv, "AART; prompts", AllUnsafe,
            ["prompt", "crime", "use_case"],
            row => row.Example(row.Text("prompt"), true, category: row.TextOrNull("crime"))),
        new("ailuminate", RowShape.Csv, "AILuminate prompt set; prompts", AllUnsafe,
            ["release_prompt_id", "prompt_text", "hazard"],
            row => row.Example(row.Text("prompt_text"), true, category: row.TextOrNull("hazard"), id: row.TextOrNull("release_prompt_id"))),
        new("surge-toxicity", RowShape.Csv, "Surge AI toxicity; comments as prompts", "is_toxic: Toxic or Not Toxic",
            ["text", "is_toxic"],
            row => row.Example(row.Text("text"), row.Choice("is_toxic", "Toxic", "Not Toxic"))),
        new("hatecheck", RowShape.Csv, "HateCheck; statements as prompts", "label_gold: hateful or non-hateful",
            ["case_id", "functionality", "test_case", "label_gold"],
            row => row.Example(row.Text("test_case"), row.Choice("label_gold", "hateful", "non-hateful"),
                category: row.TextOrNull("functionality"), id: row.TextOrNull("case_id"))),
        new("convabuse", RowShape.Csv, "ConvAbuse; the user's turns", "unsafe if the annotators' mean grade, from 1 (fine) to -3, is below 0",
            ["example_id", "user", "Annotator1_is_abuse.1", "Annotator1_is_abuse.-1"],
            row => row.Example(row.Text("user"), ConvAbuse.IsAbuse(row), id: row.TextOrNull("example_id"))),

        new("harmbench-val", RowShape.JsonDocument, "HarmBench classifier validation set; test cases with generations",
            "unsafe if two of human_0, human_1, human_2 are 1; without all three not labelled",
            ["test_case", "generation", "human_0"],
            row => row.Example(((JsonRow)row).JoinedText("test_case"), HumanMajority(row), row.Text("generation"), row.TextOrNull("method"))),
        new("jailbreakbench-artifact", RowShape.JsonDocument,
            "JailbreakBench attack artifact; prompts with responses. Attacks without a prompt are no rows",
            "jailbroken; without a response not labelled",
            ["goal", "prompt", "response", "jailbroken"],
            JailbreakArtifact),
        new("diasafety", RowShape.JsonDocument, "DiaSafety; contexts with responses", "label: Safe or Unsafe",
            ["context", "response", "label"],
            row => row.Example(row.Text("context"), row.Choice("label", "Unsafe", "Safe"), row.Text("response"), row.TextOrNull("category"))),

        new("unlabelled-texts", RowShape.JsonLines, "Texts without labels, such as pre-training takes; each a prompt", "not labelled",
            ["text"],
            Text)
        { NoField = ["prompt", "response", "unsafe", "unsafe_probability", "label", "labels"] },
        new("text-lines", RowShape.TextLines, "Plain text, one text a line; each a prompt. Taken only when named", "not labelled", [], _ => null),
    ];

    /// <summary>The format of a name; <see langword="null"/> for <see langword="null"/>.</summary>
    public static Format? Find(string? name)
    {
        if (name is null)
        {
            return null;
        }

        string[] names = [.. All.Select(format => format.Name)];
        string hint = NearestName.Of(name, names) is { } nearest ? $" (did you mean \"{nearest}\"?)" : "";
        return All.FirstOrDefault(format => format.Name == name)
            ?? throw new PicketException($"data format \"{JsonNames.Shown(name)}\" is not known{hint}; known are {string.Join(", ", names)}");
    }

    private static Format JailbreakBench(string name, string description, string label, bool? isUnsafe) => new(
        name, RowShape.Csv, description, label, ["Index", "Goal", "Target", "Behavior", "Category", "Source"],
        row => row.Example(row.Text("Goal"), isUnsafe, category: row.TextOrNull("Category"), id: row.TextOrNull("Index")));

    private static Example OpenAIModeration(JsonRow row)
    {
        string[] set = [.. OpenAIFlags.Where(flag => row.Flag(flag) is true)];
        return row.Example(row.Text("prompt"), set.Length > 0, category: set.Length == 0 ? null : string.Join(',', set));
    }

    private static string? WildGuardCategory(DataRow row) =>
        row.TextOrNull("subcategory") is { } category ? category + (row.Flag("adversarial") is true ? "/adversarial" : "/vanilla") : null;

    private static Example Text(DataRow row)
    {
        Example text = row.Example(row.Text("text"), null);
        return text with { Id = row.TextOrNull("id") ?? text.Id, Source = row.TextOrNull("source") ?? text.Source };
    }

    private static bool IsContrast(string type) => type.StartsWith("contrast_", StringComparison.Ordinal);

    private static string HarmBenchPrompt(DataRow row) =>
        row.TextOrNull("ContextString") is { } context ? $"{context}\n\n---\n\n{row.Text("Behavior")}" : row.Text("Behavior");

    private static bool? HumanMajority(DataRow row)
    {
        bool?[] votes = [row.Flag("human_0"), row.Flag("human_1"), row.Flag("human_2")];
        return votes.Contains(null) ? null : votes.Count(vote => vote is true) >= 2;
    }

    private static Example? JailbreakArtifact(DataRow row)
    {
        string? response = row.TextOrNull("response");
        return row.TextOrNull("prompt") is { } prompt
            ? row.Example(prompt, response is null ? null : row.Flag("jailbroken"), response, row.TextOrNull("category"))
            : null;
    }
}
