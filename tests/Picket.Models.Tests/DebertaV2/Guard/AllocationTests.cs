using Picket.Models.DebertaV2;

namespace Picket.Models.Tests.DebertaV2.Guard;

/// <summary>Counts what the whole process allocates, and so runs when no other test does.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Fact]
    public async Task ScoreAsync_SteadyState_AllocatesTheScoresAndLittleElse()
    {
        using var folder = new TinyFolder();
        await using DebertaV2Guard guard = folder.Load(passTokens: 512);
        GuardInput[] inputs =
        [
            .. Enumerable.Range(0, 200).Select(static i => new GuardInput(TinyFolder.Words(1 + i), i % 2 == 0 ? TinyFolder.Words(200 - i) : null)),
        ];
        CancellationToken none = TestContext.Current.CancellationToken;
        for (int i = 0; i < 5; i++)
        {
            await guard.ScoreAsync(inputs, none);
        }

        long least = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await guard.ScoreAsync(inputs, none);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // A score is 48 bytes and its features are 88, in a list of references; then some hundred bytes of tasks.
        Assert.InRange(least, 1, (inputs.Length * (48 + 88 + 8)) + 4096);
    }
}
