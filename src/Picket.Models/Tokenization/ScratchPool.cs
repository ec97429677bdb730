namespace Picket.Models.Tokenization;

/// <summary>
/// Hands out working memory without locks or allocations: a few slots, of which a thread tries its own first. What has grown beyond
/// <see cref="MostHeld"/> bytes is let go, so that one huge text does not stay in memory.
/// </summary>
internal sealed class ScratchPool
{
    private const long MostHeld = 4 << 20;
    private readonly TokenizerScratch?[] _slots = new TokenizerScratch?[Math.Max(4, Environment.ProcessorCount * 2)];

    public TokenizerScratch Rent()
    {
        int first = Environment.CurrentManagedThreadId % _slots.Length;
        for (int i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.Exchange(ref _slots[(first + i) % _slots.Length], null) is { } scratch)
            {
                return scratch;
            }
        }

        return new TokenizerScratch();
    }

    public void Return(TokenizerScratch scratch)
    {
        if (scratch.Held > MostHeld)
        {
            return;
        }

        int first = Environment.CurrentManagedThreadId % _slots.Length;
        for (int i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _slots[(first + i) % _slots.Length], scratch, null) is null)
            {
                return;
            }
        }
    }
}
