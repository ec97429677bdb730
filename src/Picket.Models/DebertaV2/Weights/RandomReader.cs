using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>
/// Weights by chance, for measurements without files: matrices and embeddings normal with deviation 0.02, as DeBERTa is initialised, biases 0
/// and gains 1. A seed gives the same weights every time.
/// </summary>
/// <remarks>Every tensor is pieces of one block of numbers from places of its own: 435M numbers cost their copying, not their making.</remarks>
internal sealed class RandomReader : IWeightReader, IEmbeddingTable
{
    private const int BlockLength = 1 << 18;
    private const int PieceLength = 1 << 12;
    private const double Deviation = 0.02;
    private readonly float[] _block = new float[BlockLength];
    private readonly Random _places;

    public RandomReader(int seed)
    {
        _places = new Random(seed);
        for (int i = 0; i < BlockLength; i += 2)
        {
            // Two independent normal numbers (Box and Muller 1958).
            double radius = Deviation * Math.Sqrt(-2 * Math.Log(1 - _places.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * _places.NextDouble());
            _block[i] = (float)(radius * cosine);
            _block[i + 1] = (float)(radius * sine);
        }
    }

    public TensorSource? Checkpoint => null;

    // Nothing that a checkpoint may leave out.
    public bool Contains(string name) => false;

    public void Read(string name, ReadOnlySpan<int> shape, Span<float> destination)
    {
        if (shape.Length == 1)
        {
            destination.Fill(name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? 1 : 0);
            return;
        }

        for (; destination.Length > 0; destination = destination[Math.Min(PieceLength, destination.Length)..])
        {
            _block.AsSpan(_places.Next(BlockLength - PieceLength), Math.Min(PieceLength, destination.Length)).CopyTo(destination);
        }
    }

    public IEmbeddingTable ReadEmbeddings(string name, int rows, int columns) => this;

    public void CopyRow(int row, Span<float> destination)
    {
        // Neighbouring rows begin far apart: a golden-section step.
        uint place = (uint)row * 2_654_435_769u;
        for (; destination.Length > 0; destination = destination[Math.Min(PieceLength, destination.Length)..], place += PieceLength)
        {
            _block.AsSpan((int)(place % (BlockLength - PieceLength)), Math.Min(PieceLength, destination.Length)).CopyTo(destination);
        }
    }

    public void Dispose()
    {
    }
}
