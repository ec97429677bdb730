namespace Picket.Server;

/// <summary>The body of an upstream's answer; what goes wrong with it is a <see cref="RequestFault"/>.</summary>
internal sealed class UpstreamBody(Stream stream, TimeSpan idle, TimeProvider clock)
{
    /// <summary>Is given whatever is read, as soon as it is.</summary>
    public Func<ReadOnlyMemory<byte>, ValueTask>? Copy { get; set; }

    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="RequestFault">The upstream broke off, or says nothing.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = await ReadOnceAsync(buffer, cancellationToken);
        if (count > 0 && Copy is { } copy)
        {
            await copy(buffer[..count]);
        }

        return count;
    }

    /// <summary>Reads to the end, for whoever has a copy.</summary>
    /// <exception cref="RequestFault">The upstream broke off, or says nothing.</exception>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        byte[] piece = new byte[16 << 10];
        while (await ReadAsync(piece, cancellationToken) > 0)
        {
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <exception cref="RequestFault">The upstream broke off, says nothing, or says more than <paramref name="maxBytes"/>.</exception>
    public async ValueTask<byte[]> ReadAllAsync(int maxBytes, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        byte[] piece = new byte[16 << 10];
        while (await ReadAsync(piece, cancellationToken) is > 0 and var count)
        {
            all.Write(piece, 0, count);
            if (all.Length > maxBytes)
            {
                throw UpstreamFaults.TooLarge(maxBytes);
            }
        }

        return all.ToArray();
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(idle, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await stream.ReadAsync(buffer, either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (silence.IsCancellationRequested)
        {
            throw UpstreamFaults.Late();
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw UpstreamFaults.Cut();
        }
    }
}
