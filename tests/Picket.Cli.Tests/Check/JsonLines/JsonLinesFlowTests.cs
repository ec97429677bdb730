using System.Text;

namespace Picket.Cli.Tests.Check.JsonLines;

/// <summary>Slow, endless, closed and cancelled streams.</summary>
public sealed class JsonLinesFlowTests
{
    private static readonly byte[] Row = "{\"prompt\":\"a good day\"}\n"u8.ToArray();

    [Fact]
    public async Task Check_LineTypedAlone_IsAnsweredAtOnce()
    {
        var input = new TypedStream();
        var output = new WatchedStream();
        Task<int> run = CliRun.RunAsync(["check", "--jsonl"], new StandardStreams(input, output, TextWriter.Null), new FakeGuard());

        await input.TypeAsync("{\"prompt\":\"good\"}\n{\"prompt\":");
        string first = await output.NextWriteAsync();
        await input.TypeAsync("\"bad\"}\n");
        string second = await output.NextWriteAsync();
        input.End();

        Assert.Equal(("safe    0.100  fake  line 1\n", "unsafe  0.900  fake  line 2\n", 1), (first, second, await run));
    }

    [Fact]
    public async Task Check_SlowGuard_ReadsNoFurtherThanTheBlocksInFlight()
    {
        var release = new TaskCompletionSource();
        var input = new RepeatedStream(Row, 400_000);
        var guard = new FakeGuard { Before = (_, _) => release.Task };

        Task<CliResult> run = CliRun.CheckAsync(["--jsonl"], input, guard);
        long ahead = input.BytesRead;
        release.SetResult();

        // In flight, awaited by the writer, and being read.
        Assert.InRange(ahead, 1, (JsonLinesCheck.BlocksInFlight + 3L) * SizeLimits.Block);
        Assert.Equal((0, 400_000), ((await run).Status, guard.Scored));
    }

    [Fact]
    public async Task Check_LineOverTheSizeLimit_IsAnErrorAfterTheLinesBefore()
    {
        var input = new ConcatenatedStream(new MemoryStream(Row), new RepeatedStream("aaaaaaaa"u8.ToArray(), 100_000_000));

        CliResult result = await CliRun.CheckAsync(["--jsonl"], input);

        Assert.Equal(
            new CliResult(
                2, "safe    0.100  fake  line 1\n", "picket: error: <stdin>, line 2: expected a line of at most 64 MB, found a longer one\n"),
            result);
    }

    [Fact]
    public async Task Check_LongLine_IsScored()
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl"], $"{{\"prompt\":\"{new string('a', 10 << 20)}\"}}\n{{\"prompt\":\"bad\"}}");

        Assert.Equal(["safe    0.100  fake  line 1", "unsafe  0.900  fake  line 2"], result.Lines);
    }

    [Fact]
    public async Task Check_OutputClosed_EndsQuietlyAndSoon()
    {
        var output = new ClosedPipe(writes: 1);
        var error = new StringWriter();
        var guard = new FakeGuard();
        var input = new RepeatedStream(Row, long.MaxValue / 1000);

        int status = await CliRun.RunAsync(["check", "--jsonl"], new StandardStreams(input, output, error), guard);

        Assert.Equal((141, "", 2), (status, error.ToString(), output.Writes));
        Assert.True(guard.Disposed);
    }

    [Fact]
    public async Task Check_DiskFull_IsAnError()
    {
        var error = new StringWriter();
        var output = new FullDisk();

        int status = await CliRun.RunAsync(["check", "--jsonl"], new StandardStreams(new MemoryStream(Row), output, error), new FakeGuard());

        Assert.Equal((2, "picket: error: no space left\n"), (status, error.ToString()));
    }

    [Fact]
    public async Task Check_Cancelled_FlushesWhatIsScoredAndEndsWith130()
    {
        using var caller = new CancellationTokenSource();
        var input = new TypedStream();
        var output = new WatchedStream();
        var error = new StringWriter();
        var guard = new FakeGuard();

        Task<int> run = CliRun.RunAsync(["check", "--jsonl"], new StandardStreams(input, output, error), guard, caller);
        await input.TypeAsync(Encoding.UTF8.GetString(Row));
        string written = await output.NextWriteAsync();
        await caller.CancelAsync();

        Assert.Equal((130, "safe    0.100  fake  line 1\n", ""), (await run, written, error.ToString()));
        Assert.True(guard.Disposed);
    }

    [Fact]
    public async Task Check_GuardFailsOnALaterBlock_WritesTheBlocksBefore()
    {
        var input = new TypedStream();
        var output = new WatchedStream();
        var error = new StringWriter();
        var guard = new FakeGuard { Before = (inputs, _) => inputs[0].Prompt == "x" ? throw new PicketException("guard gone") : Task.CompletedTask };

        Task<int> run = CliRun.RunAsync(["check", "--jsonl"], new StandardStreams(input, output, error), guard);
        await input.TypeAsync(Encoding.UTF8.GetString(Row));
        string written = await output.NextWriteAsync();
        await input.TypeAsync("{\"prompt\":\"x\"}\n");

        Assert.Equal((2, "safe    0.100  fake  line 1\n", "picket: error: guard gone\n"), (await run, written, error.ToString()));
    }

    private sealed class ConcatenatedStream(Stream first, Stream second) : ReadOnlyStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await first.ReadAsync(buffer, cancellationToken) is > 0 and int read ? read : await second.ReadAsync(buffer, cancellationToken);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("no space left");
    }
}
