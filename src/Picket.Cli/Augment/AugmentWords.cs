using System.CommandLine;
using Picket.Chat;
using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>The options of <c>picket augment</c>, and the settings that they come to.</summary>
internal static class AugmentWords
{
    private static readonly AugmentationOptions Defaults = new();
    private static readonly RemoteOptions Remote = new();

    private static readonly (string Word, AugmentationStrategy Value)[] Strategies =
        [("harmaug", AugmentationStrategy.HarmAug), ("eda", AugmentationStrategy.Eda),
            ("swap", AugmentationStrategy.Swap), ("identity-swap", AugmentationStrategy.IdentitySwap), ("none", AugmentationStrategy.None)];

    private static readonly (string Word, PromptVariant Value)[] Variants =
    [
        ("prefix-attack", PromptVariant.PrefixAttack), ("without-prefix", PromptVariant.WithoutPrefix),
        ("prefix-injection", PromptVariant.PrefixInjection),
    ];

    private static readonly (string Word, PrefixStyle? Value)[] Styles =
    [
        ("auto", null), ("continue-final-message", PrefixStyle.ContinueFinalMessage), ("prefix-field", PrefixStyle.PrefixField),
        ("trailing-message", PrefixStyle.TrailingMessage), ("template", PrefixStyle.RenderedTemplate),
    ];

    private static readonly Argument<string> Input = new("FILE") { Description = "The seed rows, labelled, in any format that eval reads." };

    private static readonly Option<string> Out = Words.Required(
        "--out", "FILE", "The rows: the seed rows and the new ones, JSON Lines; gzip when the name ends in .gz.");

    private static readonly Option<string> Strategy = Choice("--strategy", "Where new rows come from.", Strategies);

    private static readonly Option<string> Variant = Choice("--variant", "How the generator is asked (HarmAug, table 4).", Variants);

    private static readonly Option<int> Count = Words.Number("--count", "Instructions to ask for, or rows to make with swap.", Defaults.Count);

    private static readonly Option<int> Exemplars = Words.Number("--exemplars", "Seed prompts in each request.", Defaults.Exemplars);

    private static readonly Option<int> LongestExemplar = Words.Number(
        "--longest-exemplar", "Characters of the longest seed prompt that is an exemplar.", Defaults.LongestExemplar);

    private static readonly Option<long> Seed = Words.Value("--seed", "N", "Chooses exemplars and words.", Defaults.Seed);

    private static readonly ModelWords Generator = new("generator", "Writes the instructions.");

    private static readonly ModelWords Refuser = new("refuser", "Answers them as a model does that refuses; without it that row is left out.");

    private static readonly ModelWords Complier = new("complier", "Answers them as a model does that complies; without it that row is left out.");

    private static readonly Option<bool> NoEmptyResponses = Words.Switch("--no-empty-responses", "Leave out the row without a response.");

    private static readonly Option<bool> NoSeedRows = Words.Switch("--no-seed-rows", "Leave the seed rows out of the output.");

    private static readonly Option<string> Style = Choice(
        "--prefix-style", "How the generator's server goes on with a prefilled assistant turn; auto finds out with harmless requests.", Styles);

    private static readonly Option<string?> Template = Words.Text(
        "--chat-template", "NAME|FILE",
        $"The generator's chat template, for plain completions: {string.Join(", ", ChatTemplates.All.Select(static t => t.Name))}, "
            + "or a file.");

    private static readonly Option<double?> Temperature = Share("--temperature", $"Of the generator. Default: {Defaults.Instructions.Temperature}.");

    private static readonly Option<double?> TopP = Share("--top-p", "Of the generator. Default: the server's.");

    private static readonly Option<int> MaxTokens = Words.Number("--max-tokens", "Of an instruction.", Defaults.Instructions.MaxTokens);

    private static readonly Option<double?> ResponseTemperature = Share("--response-temperature", "Of the responses. Default: the server's.");

    private static readonly Option<double?> ResponseTopP = Share("--response-top-p", "Of the responses. Default: the server's.");

    private static readonly Option<int> ResponseMaxTokens = Words.Number("--response-max-tokens", "Of a response.", Defaults.Responses.MaxTokens);

    private static readonly Option<bool> NoRequestSeeds = Words.Switch("--no-request-seeds", "Send no seed: some servers refuse the field.");

    private static readonly Option<double?> BenignShare = Share(
        "--benign-share", "Share of the instructions that are asked for as harmless ones, in the same way; not the paper's. Default: 0.");

    private static readonly Option<double?> MaxUnsafeShare = Share(
        "--max-unsafe-share", "The most of the rows that may count as unsafe, seed rows by their label, others by what was asked for. Default: 1.");

    private static readonly Option<string[]> Decontaminate = Words.Several(
        "--decontaminate", "FILE", "Evaluation files: no seed row and no new row may repeat a prompt of theirs.");

    private static readonly Option<int> Copies = Words.Number("--copies", "Copies of a seed row, for eda and identity-swap.", Defaults.Eda.Copies);

    private static readonly Option<string> WordNetFolder = Words.Value("--wordnet", "DIR", "A WordNet database, for eda.", WordNet.DefaultFolder);

    private static readonly Option<int> Concurrency = Words.Number(
        "--concurrency", "Requests under way at a time for each model. The result does not depend on it.", Defaults.Concurrency);

    private static readonly Option<int> Retries = Words.Number("--retries", "Further tries of a request that fails.", Remote.MaxRetries);

    private static readonly Option<int> Timeout = Words.Number(
        "--timeout", "Seconds that one try may take.", (int)Remote.RequestTimeout.TotalSeconds);

    private static readonly Option<string?> Report = Words.Text("--report", "FILE", "Write the figures to a JSON file.");

    private static readonly Option<string?> Format = Words.Text(
        "--format", "NAME", "The format of FILE, one of those in docs/data-formats.md. Default: recognised by content.");

    public static void AddTo(Command command)
    {
        command.Add(Input);
        foreach (Option option in (Option[])
            [
                Out, Strategy, .. Generator.Options, .. Refuser.Options, .. Complier.Options,
                NoEmptyResponses, Count, Exemplars, LongestExemplar, Seed,
                Variant, Style, Template, Temperature, TopP, MaxTokens, ResponseTemperature, ResponseTopP, ResponseMaxTokens, NoRequestSeeds,
                BenignShare, MaxUnsafeShare, Decontaminate, NoSeedRows, Copies, WordNetFolder, Concurrency, Retries, Timeout, Report, Format,
            ])
        {
            command.Add(option);
        }
    }

    public static AugmentSettings Settings(ParseResult words) => new()
    {
        Input = words.GetRequiredValue(Input),
        Output = words.GetRequiredValue(Out),
        Generator = Generator.Settings(words),
        Refuser = Refuser.Settings(words),
        Complier = Complier.Settings(words),
        Style = Of(words.GetRequiredValue(Style), Styles),
        Template = words.GetValue(Template),
        WordNet = words.GetRequiredValue(WordNetFolder),
        Timeout = TimeSpan.FromSeconds(words.GetValue(Timeout)),
        Retries = words.GetValue(Retries),
        Report = words.GetValue(Report),
        Augmentation = new AugmentationOptions
        {
            Strategy = Of(words.GetRequiredValue(Strategy), Strategies),
            Variant = Of(words.GetRequiredValue(Variant), Variants),
            Count = words.GetValue(Count),
            Exemplars = words.GetValue(Exemplars),
            LongestExemplar = words.GetValue(LongestExemplar),
            Seed = words.GetValue(Seed),
            BenignShare = words.GetValue(BenignShare) ?? Defaults.BenignShare,
            MaxUnsafeShare = words.GetValue(MaxUnsafeShare) ?? Defaults.MaxUnsafeShare,
            EmptyResponses = !words.GetValue(NoEmptyResponses),
            SeedRows = !words.GetValue(NoSeedRows),
            Instructions = new SamplingOptions
            {
                Temperature = words.GetValue(Temperature) ?? Defaults.Instructions.Temperature,
                TopP = words.GetValue(TopP),
                MaxTokens = words.GetValue(MaxTokens),
            },
            Responses = new SamplingOptions
            {
                Temperature = words.GetValue(ResponseTemperature),
                TopP = words.GetValue(ResponseTopP),
                MaxTokens = words.GetValue(ResponseMaxTokens),
            },
            RequestSeeds = !words.GetValue(NoRequestSeeds),
            Concurrency = words.GetValue(Concurrency),
            Format = words.GetValue(Format),
            EvaluationFiles = words.GetValue(Decontaminate) ?? [],
            Eda = new EdaOptions { Copies = words.GetValue(Copies) },
        },
    };

    private static T Of<T>(string word, (string Word, T Value)[] choices) => Array.Find(choices, choice => choice.Word == word).Value;

    private static Option<string> Choice<T>(string name, string description, (string Word, T Value)[] choices)
    {
        string[] words = [.. choices.Select(static choice => choice.Word)];
        Option<string> option = Words.Value(name, "NAME", $"{description} One of {string.Join(", ", words)}.", words[0]);
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static Option<double?> Share(string name, string description) => Words.Optional<double?>(name, "X", description);
}
