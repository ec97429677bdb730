using System.Collections.Concurrent;

namespace Picket.Compute.Tests;

/// <summary>Work is done once and by known workers, whoever calls, however often, and whatever fails.</summary>
public sealed class ComputeContextTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Run_ManySmallRegions_DoesEachPieceOnce(int threads)
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = threads });
        int[] done = new int[40];
        for (int region = 0; region < 5_000; region++)
        {
            int count = region % (done.Length + 1);
            Array.Clear(done);
            context.Run(count, new Counting(done, threads));
            Assert.All(done, (times, piece) => Assert.Equal(piece < count ? 1 : 0, times));
        }
    }

    [Fact]
    public void Run_RegionsWithPauses_WakesParkedWorkers()
    {
        // A piece waits until the other one has begun: alone, the caller would wait for ever.
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        for (int region = 0; region < 30; region++)
        {
            using var both = new Barrier(2);
            context.Run(2, new Meeting(both));
            Thread.Sleep(region % 3);
        }
    }

    [Fact]
    public void Run_TwoCallersAtOnce_DoesTheWorkOfBoth()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 3 });
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            int[] done = new int[9];
            for (int region = 1; region <= 2_000; region++)
            {
                context.Run(done.Length, new Counting(done, 3));
                Assert.All(done, times => Assert.Equal(region, times));
            }
        });
    }

    [Fact]
    public void Run_WithinAPiece_DoesTheInnerWorkToo()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 3 });
        int[] done = new int[8];
        for (int region = 1; region <= 500; region++)
        {
            context.Run(8, new Nesting(context, done));
            Assert.All(done, times => Assert.Equal(8 * region, times));
        }
    }

    [Fact]
    public void Run_PieceThrows_ThrowsItHereAndWorksOn()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 3 });
        for (int region = 0; region < 500; region++)
        {
            int bad = region % 20;
            var fault = Assert.Throws<InvalidOperationException>(() => context.Run(20, new Throwing(bad)));
            Assert.Equal($"piece {bad}", fault.Message);

            int[] done = new int[20];
            context.Run(20, new Counting(done, 3));
            Assert.All(done, static times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void Run_EveryPieceThrows_ThrowsOne()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 4 });
        for (int region = 0; region < 200; region++)
        {
            Assert.Throws<InvalidOperationException>(() => context.Run(9, new Throwing(-1)));
        }
    }

    [Fact]
    public void Run_WorkThatHoldsObjects_SurvivesCollections()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 3 });
        for (int region = 0; region < 50; region++)
        {
            var found = new ConcurrentDictionary<int, string>();
            context.Run(20, new Allocating(found, new string('x', region + 1)));
            Assert.Equal(20, found.Count);
            Assert.All(found, pair => Assert.Equal(new string('x', region + 1) + pair.Key, pair.Value));
        }
    }

    [Fact]
    public void Run_AfterDispose_IsRefused()
    {
        var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        context.Dispose();
        context.Dispose();
        Assert.Throws<ObjectDisposedException>(() => context.Run(3, new Counting(new int[3], 2)));
    }

    [Fact]
    public void Dispose_ManyContexts_EndsTheirThreads()
    {
        // Disposed while workers start, spin or park: it returns when they have ended.
        for (int i = 0; i < 100; i++)
        {
            using var context = new ComputeContext(new ComputeOptions { Threads = 3 });
            int[] done = new int[i % 4];
            context.Run(done.Length, new Counting(done, 3));
            Thread.SpinWait(i * 300);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_NoThreads_IsRefused(int threads)
    {
        var fault = Assert.Throws<ArgumentException>(() => new ComputeContext(new ComputeOptions { Threads = threads }));
        Assert.Contains($"found {threads} and", fault.Message, StringComparison.Ordinal);
    }

    private readonly struct Counting(int[] done, int threads) : IWork
    {
        public void Execute(int piece, int worker)
        {
            Assert.InRange(worker, 0, threads - 1);
            Interlocked.Increment(ref done[piece]);
        }
    }

    private readonly struct Meeting(Barrier both) : IWork
    {
        public void Execute(int piece, int worker) => both.SignalAndWait();
    }

    private readonly struct Nesting(ComputeContext context, int[] done) : IWork
    {
        public void Execute(int piece, int worker) => context.Run(done.Length, new Counting(done, context.Threads));
    }

    private readonly struct Throwing(int bad) : IWork
    {
        public void Execute(int piece, int worker)
        {
            if (piece == bad || bad < 0)
            {
                throw new InvalidOperationException($"piece {piece}");
            }
        }
    }

    private readonly struct Allocating(ConcurrentDictionary<int, string> found, string text) : IWork
    {
        public void Execute(int piece, int worker)
        {
            if (piece == 7)
            {
                GC.Collect();
            }

            found[piece] = text + piece;
        }
    }
}
