using System.Threading.Channels;

namespace Picket.Cli;

/// <summary>
/// Streams rows through the cascade. Blocks are checked on the thread pool; a bounded channel of their tasks keeps the order
/// and bounds the memory; the writer awaits them one after the other.
/// </summary>
internal sealed class JsonLinesCheck(GuardCascade cascade, IVerdictFormat format, string inputName, bool keepGoing, StandardStreams streams)
{
    /// <summary>Blocks that wait for the writer, checked or not.</summary>
    internal static readonly int BlocksInFlight = 2 * Environment.ProcessorCount;

    private readonly BlockChecker _checker = new(cascade, format, inputName, keepGoing);

    /// <summary>
    /// Runs to the end of the input, a bad line (unless they are passed over), a fault, or cancellation; what was scored before is written.
    /// </summary>
    public async Task<int> RunAsync(Stream input, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var blocks = Channel.CreateBounded<Task<CheckedBlock>>(BlocksInFlight);
        Task reading = ReadAsync(input, blocks.Writer, stop.Token);
        try
        {
            return await WriteAsync(blocks.Reader);
        }
        finally
        {
            // The guard is the caller's to dispose, so nothing may use it after this.
            await stop.CancelAsync();
            await reading;
            while (blocks.Reader.TryRead(out Task<CheckedBlock>? left))
            {
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Never throws: a fault of reading ends the channel, and so comes after the blocks before it.</summary>
    private async Task ReadAsync(Stream input, ChannelWriter<Task<CheckedBlock>> blocks, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (LineBlock block in LineBlockReader.ReadAsync(input, inputName, cancellationToken))
            {
                await blocks.WaitToWriteAsync(cancellationToken);
                Task<CheckedBlock> check = Task.Run(() => _checker.CheckAsync(block, cancellationToken), CancellationToken.None);
                blocks.TryWrite(check);
                if (block.Length > SizeLimits.Block)
                {
                    // Long lines one at a time, or a few of them would hold a gigabyte.
                    await ((Task)check).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            blocks.Complete();
        }
        catch (Exception fault)
        {
            blocks.Complete(fault);
        }
    }

    private async Task<int> WriteAsync(ChannelReader<Task<CheckedBlock>> blocks)
    {
        bool anyUnsafe = false;
        long bad = 0;
        await foreach (Task<CheckedBlock> task in blocks.ReadAllAsync(CancellationToken.None))
        {
            CheckedBlock block = await task;
            anyUnsafe |= block.AnyUnsafe;
            await streams.Output.WriteAsync(block.Output.WrittenMemory, CancellationToken.None);
            if (block.Faults.Count > 0 && !keepGoing)
            {
                throw new PicketException(block.Faults[0]);
            }

            bad += block.Faults.Count;
            foreach (string fault in block.Faults)
            {
                await streams.Error.WriteLineAsync(fault);
            }
        }

        if (bad == 0)
        {
            return anyUnsafe ? ExitStatus.Unsafe : ExitStatus.Success;
        }

        throw new PicketException($"{inputName}: expected a row on every line, found {bad} bad line{(bad == 1 ? "" : "s")}");
    }
}
