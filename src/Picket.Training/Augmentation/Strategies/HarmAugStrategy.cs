using Picket.Chat;
using Picket.Data;
using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>
/// Language models write: an instruction from exemplars of the seed rows, then up to three rows of it, with a refusing, a complying and no
/// response (METHODS.md 1.2 and 1.3). The rows have no label; a teacher gives it.
/// </summary>
internal sealed class HarmAugStrategy : IAugmentationStrategy
{
    private readonly AugmentationOptions _options;
    private readonly AnswerBook _book;
    private readonly RefusalDetector _detector = new();
    private readonly Pool? _harmful;
    private readonly Pool? _benign;

    /// <summary>Draws exemplars from <paramref name="seeds"/> and asks through <paramref name="book"/>.</summary>
    /// <exception cref="PicketException">There are fewer seed rows of a class than a prompt takes.</exception>
    public HarmAugStrategy(SeedRows seeds, AnswerBook book, AugmentationOptions options)
    {
        _options = options;
        _book = book;
        _harmful = options.BenignShare < 1 ? Pool.Of(seeds, options, benign: false) : null;
        _benign = options.BenignShare > 0 ? Pool.Of(seeds, options, benign: true) : null;
    }

    public string Name => NameOf(_options.Variant);

    public int Count => _options.Count;

    public bool DropsNearDuplicates => true;

    public static string NameOf(PromptVariant variant) => variant switch
    {
        PromptVariant.WithoutPrefix => "harmaug-without-prefix",
        PromptVariant.PrefixInjection => "harmaug-prefix-injection",
        _ => "harmaug",
    };

    public async Task<Draft> DraftAsync(int number, CancellationToken cancellationToken)
    {
        bool benign = IsBenign(number);
        Pool pool = (benign ? _benign : _harmful)!;
        GenerationPrompt prompt = pool.Prompts.Create(number);
        string ask = prompt.Messages[0].Content;
        GenerationRequest request = Request(ask, prompt.AssistantPrefix, _options.Instructions, number, AnswerPart.Instruction);
        Answer answer = await _book.AskAsync(number, AnswerPart.Instruction, request, cancellationToken);
        string? dropped = answer.Drop(_detector);
        string? text = dropped is null ? GeneratedInstruction.Parse(answer.Text) : null;
        int responses = AnswerPart.Responses.Count(_book.Has);
        int bare = _options.EmptyResponses ? 1 : 0;
        return new Draft(
            number,
            $"{SourceOf(benign)}-{_options.Seed}-{number}",
            pool.Rows[prompt.Exemplars[0]],
            text ?? "",
            dropped ?? (text is null ? DropRules.Unreadable : null))
        {
            Benign = benign,
            Rows = responses + bare,
            UnsafeRows = benign ? 0 : bare + (_book.Has(AnswerPart.Complying) ? 1 : 0),
        };
    }

    public async Task<IReadOnlyList<(string Kind, Example Row)>> RowsAsync(Draft draft, CancellationToken cancellationToken)
    {
        Task<Answer>[] asked = [.. AnswerPart.Responses.Where(_book.Has).Select(part =>
            _book.AskAsync(draft.Number, part, Request(draft.Text, null, _options.Responses, draft.Number, part), cancellationToken))];
        List<(string, Example)> rows = [.. (await Task.WhenAll(asked))
            .Where(static answer => !string.IsNullOrWhiteSpace(answer.Text))
            .Select(answer => (answer.Part, Row(draft, answer.Part, answer.Text.Trim())))];
        if (_options.EmptyResponses)
        {
            rows.Add(("empty", Row(draft, "empty", response: null)));
        }

        return rows;
    }

    // Evenly spread: of the first n instructions the floor of n times the share are harmless ones, for every n.
    private bool IsBenign(int number) => Math.Floor((number + 1) * _options.BenignShare) > Math.Floor(number * _options.BenignShare);

    private string SourceOf(bool benign) => benign ? $"{Name}-benign" : Name;

    private Example Row(Draft draft, string kind, string? response) => new()
    {
        Id = $"{draft.Id}-{kind}",
        Prompt = draft.Text,
        Response = response,
        Source = SourceOf(draft.Benign),
        Split = SeedRows.Train,
        ParentId = draft.Parent.Id,
    };

    private GenerationRequest Request(string content, string? prefix, SamplingOptions sampling, int number, string part)
    {
        ulong seed = SplitMix.Seed(_options.Seed, number, AnswerPart.NumberOf(part));
        return new GenerationRequest([new ChatTurn(ChatSpeaker.User, content)])
        {
            AssistantPrefix = prefix,
            Temperature = sampling.Temperature,
            TopP = sampling.TopP,
            MaxTokens = sampling.MaxTokens,

            // Servers take 32 bits, some of them with a sign.
            Seed = _options.RequestSeeds ? (long)(seed >> 33) : null,
        };
    }

    /// <summary>Seed rows of a class, and the prompts with exemplars from them.</summary>
    private sealed record Pool(IReadOnlyList<Example> Rows, HarmAugPrompt Prompts)
    {
        public static Pool Of(SeedRows seeds, AugmentationOptions options, bool benign)
        {
            IReadOnlyList<Example> rows = seeds.ExemplarsOf(benign, options.LongestExemplar);
            return new Pool(rows, new HarmAugPrompt([.. rows.Select(static row => row.Prompt)], options.Prompt(benign)));
        }
    }
}
