using Picket.Data;
using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>
/// Responses of seed rows behind the prompts of others: every combination of a safe or harmful prompt with a safe or unsafe response comes
/// equally often. So a student that judges a response by its prompt, which rows as they are found often reward, is wrong half of the time.
/// </summary>
/// <remarks>
/// Picket's own. The label goes with the response. That holds for refusals, instructions and code, and not for dialogues whose turns are unsafe
/// only in their context. A response whose own prompt a later training may hold out is left out, or it would be learned from behind another.
/// </remarks>
internal sealed class SwapStrategy : IAugmentationStrategy
{
    /// <summary>The largest held-out share that is kept apart.</summary>
    internal const double HeldOutShare = 0.1;

    private readonly Example[][] _prompts;
    private readonly Example[][] _responses;
    private readonly long _seed;

    /// <summary>Sorts the seed rows; draws nothing yet.</summary>
    /// <exception cref="PicketException">One of the four kinds of rows is absent.</exception>
    public SwapStrategy(SeedRows seeds, int count, long seed)
    {
        Count = count;
        _seed = seed;
        _prompts = ByLabel(seeds, static row => row.Response is null, "prompts without a response");
        _responses = ByLabel(seeds, static row => row.Response is not null && !HeldOut.Has(row.Prompt, HeldOutShare), "responses");
    }

    public string Name => "swap";

    public int Count { get; }

    public bool DropsNearDuplicates => false;

    public Task<Draft> DraftAsync(int number, CancellationToken cancellationToken)
    {
        Example row = Row(number);
        return Task.FromResult(new Draft(number, row.Id, row, $"{row.Prompt}\n{row.Response}", Dropped: null)
        {
            Benign = row.Unsafe == false,
            Rows = 1,
            UnsafeRows = row.Unsafe == true ? 1 : 0,
        });
    }

    public Task<IReadOnlyList<(string Kind, Example Row)>> RowsAsync(Draft draft, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, Example)>>([("swap", draft.Parent)]);

    private static Example[][] ByLabel(SeedRows seeds, Func<Example, bool> fits, string what)
    {
        return [Of(isUnsafe: false), Of(isUnsafe: true)];

        Example[] Of(bool isUnsafe)
        {
            Example[] rows = [.. seeds.Rows.Where(row => row.Unsafe == isUnsafe && fits(row))];
            return rows.Length > 0
                ? rows
                : throw new PicketException($"seed rows: expected {(isUnsafe ? "unsafe" : "safe")} {what}, found none");
        }
    }

    private Example Row(int number)
    {
        var random = new SplitMix(SplitMix.Seed(_seed, number));
        Example prompt = Draw(_prompts[number & 1], ref random);
        Example response = Draw(_responses[(number >> 1) & 1], ref random);
        return response with
        {
            Id = $"{response.Id}-{Name}-{number}",
            Prompt = prompt.Prompt,
            UnsafeProbability = null,
            Source = Name,
            Split = SeedRows.Train,
            ParentId = response.Id,
            UnknownFields = null,
        };
    }

    private static Example Draw(Example[] rows, ref SplitMix random) => rows[random.Below(rows.Length)];
}
