namespace Picket.Models.Tokenization;

/// <summary>Working memory of one call: grows to the longest text it has met.</summary>
internal sealed class TokenizerScratch
{
    /// <summary>The text in UTF-8 as it came.</summary>
    public ByteBuffer Source { get; } = new();

    /// <summary>The normalised text in UTF-8.</summary>
    public ByteBuffer Normalised { get; } = new();

    /// <summary>The best path to each byte of a text.</summary>
    public PathNode[] Path { get; private set; } = new PathNode[256];

    /// <summary>The bytes it holds on to.</summary>
    public long Held => Source.Capacity + Normalised.Capacity + (Path.Length * 16L);

    public PathNode[] PathOf(int bytes)
    {
        if (Path.Length <= bytes)
        {
            Path = new PathNode[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bytes + 1)];
        }

        return Path;
    }
}

/// <summary>The best path to a place: its score, its last piece, and where that piece starts.</summary>
internal struct PathNode
{
    public double Score;
    public int Piece;
    public int Start;
}
