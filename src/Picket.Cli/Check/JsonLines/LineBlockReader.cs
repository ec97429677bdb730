using System.Buffers;
using System.Runtime.CompilerServices;

namespace Picket.Cli;

/// <summary>
/// Cuts a stream into blocks of whole lines. A block is what one read brought, up to its last line end, so a line typed alone
/// goes on at once and a fast stream goes on in large blocks.
/// </summary>
internal static class LineBlockReader
{
    /// <summary>Reads to the end; whoever gets a block disposes it.</summary>
    /// <exception cref="PicketException">A line is over <see cref="SizeLimits.Text"/>.</exception>
    public static async IAsyncEnumerable<LineBlock> ReadAsync(
        Stream input, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(SizeLimits.Block);
        int filled = 0;
        long line = 1;
        while (true)
        {
            if (filled == buffer.Length)
            {
                buffer = Grown(buffer);
            }

            // A read of a terminal or pipe does not look at its token, so it is left behind, with its buffer, when the user gives up.
            ValueTask<int> reading = input.ReadAsync(buffer.AsMemory(filled, Math.Min(SizeLimits.Block, buffer.Length - filled)), cancellationToken);
            int read = reading.IsCompleted ? await reading : await reading.AsTask().WaitAsync(cancellationToken);
            int lastEnd = buffer.AsSpan(filled, read).LastIndexOf((byte)'\n');
            int whole = read == 0 ? filled : lastEnd < 0 ? 0 : filled + lastEnd + 1;
            filled += read;
            if (whole > 0)
            {
                byte[] next = ArrayPool<byte>.Shared.Rent(Math.Max(SizeLimits.Block, filled - whole));
                buffer.AsSpan(whole, filled - whole).CopyTo(next);
                int lines = buffer.AsSpan(0, whole).Count((byte)'\n');
                yield return new LineBlock(buffer, whole, line);
                buffer = next;
                filled -= whole;
                line += lines;
            }
            else if (filled > SizeLimits.Text)
            {
                throw new PicketException($"{name}, line {line}: expected a line of at most {SizeLimits.TextInWords}, found a longer one");
            }

            if (read == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                yield break;
            }
        }
    }

    private static byte[] Grown(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
