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
        Assert.InRange(live.Max() - live.First(), 0, 16L << 20);
    }
}
