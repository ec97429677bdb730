using Picket.Chat;

namespace Picket.Training.Augmentation;

/// <summary>Counts answers by what they are for. Safe to use from several threads at once.</summary>
internal sealed class AnswerTally
{
    private readonly Lock _gate = new();
    private readonly RefusalDetector _detector = new();
    private readonly Dictionary<string, Counts> _parts = AnswerPart.All.ToDictionary(static part => part, static _ => new Counts());

    public void Add(Answer answer)
    {
        string? dropped = answer.Drop(_detector);
        lock (_gate)
        {
            Counts counts = _parts[answer.Part];
            counts.Answers++;
            Increment(counts.Finishes, answer.Finish);
            foreach (string failure in answer.Failures ?? [])
            {
                Increment(counts.FailedAttempts, failure);
            }

            counts.Refusals += dropped == DropRules.Refusal ? 1 : 0;
            counts.Said += dropped is null or DropRules.Refusal ? 1 : 0;
            counts.Uncounted += answer.PromptTokens is null && !answer.Failed ? 1 : 0;
            counts.Usage = new TokenUsage(
                counts.Usage.Prompt + (answer.PromptTokens ?? 0), counts.Usage.Answer + (answer.AnswerTokens ?? 0));
        }
    }

    public IReadOnlyList<GeneratorUse> Of(AugmentationModels models)
    {
        lock (_gate)
        {
            return [.. AnswerPart.All.Where(part => models.Of(part) is not null).Select(part => _parts[part].Use(part, models.Of(part)!))];
        }
    }

    public static void Increment(SortedDictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private sealed class Counts
    {
        public int Answers { get; set; }

        public SortedDictionary<string, int> Finishes { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, int> FailedAttempts { get; } = new(StringComparer.Ordinal);

        public int Refusals { get; set; }

        public int Said { get; set; }

        public int Uncounted { get; set; }

        public TokenUsage Usage { get; set; }

        public GeneratorUse Use(string part, AugmentationModel model) => new()
        {
            Part = part,
            Name = model.Generator.Description.Name,
            Server = model.Generator.Description.Server,
            Answers = Answers,
            Finishes = Finishes,
            FailedAttempts = FailedAttempts,
            Refusals = Refusals,
            RefusalRate = Said == 0 ? null : (double)Refusals / Said,
            PromptTokens = Usage.Prompt,
            AnswerTokens = Usage.Answer,
            Uncounted = Uncounted,
            Cost = model.Prices?.Of(Usage) ?? 0,
        };
    }
}
