using System.Collections.Concurrent;

namespace Picket.Cli.Tests.Check.JsonLines;

/// <summary>Alone, because it measures the memory of the process.</summary>
[Collection(nameof(ConstantMemoryTests))]
[CollectionDefinition(nameof(ConstantMemoryTests), DisableParallelization = true)]
public sealed class ConstantMemoryTests
{
    [Fact]
    public async Task Check_MillionRows_HoldsNoMoreAtTheEndThanAtTheStart()
    {
        var input = new RepeatedStream("{\"prompt\":\"a good day\"}\n"u8.ToArray(), 1_000_000);
        var live = new ConcurrentQueue<long>();
        int blocks = 0;
        var guard = new FakeGuard
        {
            Before = (_, _) =>
            {
                if (Interlocked.Increment(ref blocks) % 20 == 0)
                {
                    live.Enqueue(GC.GetTotalMemory(forceFullCollection: true));
                }

                return Task.CompletedTask;
            },
        };

        int status = await CliRun.RunAsync(["check", "--jsonl"], new StandardStreams(input, Stream.Null, TextWriter.Null), guard);

        Assert.Equal((0, 1_000_000), (status, guard.Scored));

        // The least of either half: blocks that happen to be in flight, and pools that grow to them, come and go; what is kept stays.
        long[] half = [live.Take(live.Count / 2).Min(), live.Skip(live.Count / 2).Min()];
        Assert.True(half[1] - half[0] < 4 << 20, $"{half[0]:N0} bytes in the first half, {half[1]:N0} in the second");
    }
}
