using Picket.Chat;
using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Ablation;

/// <summary>
/// Stands in for a language model where none can be reached: two <see cref="KneserNeyModel"/>s, one that learned the harmful prompts of the
/// seed rows and one that learned the harmless ones.
/// </summary>
/// <remarks>
/// HarmAug's ask decides which of them writes. Each learned its prompts behind the prefix of the method, so that a prefilled turn is what it
/// goes on with. The exemplars are sent and not used: n-grams do not reach back to them. What it writes is put together from pieces of what
/// it learned; it knows nothing of its own.
/// </remarks>
/// <param name="harmful">Texts of the one.</param>
/// <param name="harmless">Texts of the other, which answers everything else, too.</param>
/// <param name="order">Pieces of the longest n-gram, 1 to 10.</param>
internal sealed class SeedGenerator(IReadOnlyList<string> harmful, IReadOnlyList<string> harmless, int order) : IGenerator
{
    // The one thing known of the world: PrefixProbe asks for it, as it asks every server.
    private const string Known = "The capital of France is Paris.";

    private static readonly string s_harmfulAsk = AskOf(benign: false);

    private readonly ModelWriter _harmful = Learn(harmful, order);
    private readonly ModelWriter _harmless = Learn(harmless, order);

    /// <inheritdoc/>
    public GeneratorDescription Description { get; } =
        new(NameOf(harmful.Count, harmless.Count, order), "n-gram", "in this process", PrefixStyle.TrailingMessage);

    /// <summary>A generator that learned the prompts that <see cref="Augmenter"/> takes exemplars from.</summary>
    /// <param name="rows">The seed rows.</param>
    /// <param name="longest">Characters of the longest prompt.</param>
    /// <param name="order">Pieces of the longest n-gram, 1 to 10.</param>
    public static SeedGenerator Of(IReadOnlyList<Example> rows, int longest, int order)
    {
        // A safe response says nothing of its prompt, so only prompts that are judged themselves are harmless ones.
        return new SeedGenerator(
            Prompts(static row => row.Unsafe == true),
            Prompts(static row => row is { Unsafe: false, Response: null }),
            order);

        string[] Prompts(Func<Example, bool> belongs) =>
            [.. rows.Where(belongs).Select(static row => row.Prompt).Where(prompt => prompt.Length <= longest).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool asksForHarmful = request.Turns.Any(static turn => turn.Text.Contains(s_harmfulAsk, StringComparison.Ordinal));
        return ValueTask.FromResult((asksForHarmful ? _harmful : _harmless).Continue(request.AssistantPrefix ?? "", request));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string NameOf(int harmful, int harmless, int order) =>
        $"kneser-ney-{order} of {harmful} harmful and {harmless} harmless seed prompts";

    private static ModelWriter Learn(IReadOnlyList<string> prompts, int order) =>
        new(new KneserNeyModel([Known, .. prompts.Select(static prompt => $"{HarmAugPrompt.Prefix} {prompt.Trim()}")], order));

    // The line behind the exemplars, from the prompt itself so that both cannot part.
    private static string AskOf(bool benign) =>
        new HarmAugPrompt([""], new HarmAugPromptOptions { Benign = benign, Exemplars = 1 }).Create(0).Messages[0].Content.Split('\n')[^1];
}
