using Picket.Chat;
using Picket.Data;

namespace Picket.Training.RouterTraining;

/// <summary>Paraphrases of rows for a router to learn from; t is recomputed when both guards label them.</summary>
/// <remarks>
/// The rows are divided before anything is paraphrased: a prompt that is held out gets no paraphrase, so that what a router is measured on is not
/// also learned in other words. SafeRoute's published code paraphrases first and leaks there. The labels are inherited.
/// </remarks>
/// <param name="model">Any chat model; the method's is Llama-3.1-8B-Instruct. The caller disposes it.</param>
/// <param name="options">How many, and how they are sampled.</param>
public sealed class Paraphraser(IGenerator model, ParaphraseOptions options)
{
    /// <summary>Divides labelled rows by a hash of the prompt: rows that share one stay together.</summary>
    /// <param name="rows">All rows.</param>
    /// <returns>The rows to paraphrase and learn from, and those held out.</returns>
    public (IReadOnlyList<Example> Learned, IReadOnlyList<Example> HeldOut) Split(IReadOnlyList<Example> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ILookup<bool, Example> parts = rows.ToLookup(row => HeldOut.Has(row.Prompt, options.HeldOutShare));
        return ([.. parts[false]], [.. parts[true]]);
    }

    /// <summary>Paraphrases those rows that are not held out, in their order; answers that cannot be read are dropped.</summary>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="progress">Told the number of answers that are there.</param>
    /// <param name="cancellationToken">Given to the model.</param>
    /// <returns>The paraphrases alone, up to <see cref="ParaphraseOptions.Copies"/> a row, each with its parent's id and label.</returns>
    /// <exception cref="PicketException">An option is out of its range, or the server refused.</exception>
    public async Task<IReadOnlyList<Example>> RunAsync(
        IReadOnlyList<Example> rows, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        SettingFault.ThrowIfAny(options.Faults());
        IReadOnlyList<Example> learned = Split(rows).Learned;
        var found = new Example?[learned.Count * options.Copies];
        int answers = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, found.Length),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                found[i] = await OneAsync(learned[i / options.Copies], i % options.Copies, i, token);
                progress?.Report(Interlocked.Increment(ref answers));
            });
        return [.. found.OfType<Example>()];
    }

    private async Task<Example?> OneAsync(Example row, int copy, int number, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest([new ChatTurn(ChatSpeaker.User, ParaphrasePrompt.Render(row.Prompt, row.Response))])
        {
            Temperature = options.Temperature,
            MaxTokens = options.MaxTokens,
            Seed = options.Seed + number,
        };
        Generation answer = await model.GenerateAsync(request, cancellationToken);
        return answer.HasText && ParaphrasePrompt.Parse(answer.Text, row.Response is not null) is { } text
            ? row with
            {
                Id = $"{row.Id}-paraphrase-{copy}",
                Prompt = text.Prompt,
                Response = text.Response,
                UnsafeProbability = null,
                ParentId = row.Id,
                UnknownFields = null,
            }
            : null;
    }
}

/// <summary>How rows are paraphrased. The defaults are the method's.</summary>
public sealed record ParaphraseOptions
{
    /// <summary>Paraphrases a row; 1 to 100.</summary>
    public int Copies { get; init; } = 7;

    /// <summary>Sampling temperature; 0 to 2.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The most tokens of an answer; 1 to 100,000.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>Share of the prompts that is held out; 0 to 0.5.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Requests at a time; 1 to 1,024.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>Seed of the first request; each has its own, where the server honours it.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Every value that is out of range, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (Copies is >= 1 and <= 100, "copies", "1 to 100", Copies),
        (Temperature is >= 0 and <= 2, "temperature", "0 to 2", Temperature),
        (MaxTokens is >= 1 and <= 100_000, "max_tokens", "1 to 100000", MaxTokens),
        (HeldOutShare is >= 0 and <= 0.5, "held_out_share", "0 to 0.5", HeldOutShare),
        (Parallelism is >= 1 and <= 1024, "parallelism", "1 to 1024", Parallelism));
}
