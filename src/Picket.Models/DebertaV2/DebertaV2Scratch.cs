using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>Memory of one pass at a time: grows to the largest batch it has met and is then reused.</summary>
/// <remarks>About 10 hidden widths of floats a token: 40 kB for the large model.</remarks>
public sealed class DebertaV2Scratch : IDisposable
{
    private readonly MatrixBuffer<float> _hidden = new();
    private readonly MatrixBuffer<float> _attended = new();
    private readonly MatrixBuffer<float> _sum = new();
    private readonly MatrixBuffer<float> _wide = new();
    private readonly MatrixBuffer<float> _embedded = new();
    private readonly MatrixBuffer<float> _logits = new();
    private readonly int _width;

    internal DebertaV2Scratch(DebertaV2Config config)
    {
        _width = config.HiddenSize;
        Attention = new AttentionScratch(new LogBuckets(config.PositionBuckets, config.MaxRelativePositions));
    }

    internal LinearScratch Linear { get; } = new();

    internal AttentionScratch Attention { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Linear.Dispose();
        Attention.Dispose();
        foreach (MatrixBuffer<float> buffer in (MatrixBuffer<float>[])[_hidden, _attended, _sum, _wide, _embedded, _logits])
        {
            buffer.Dispose();
        }
    }

    internal Matrix<float> Hidden(int rows) => _hidden.Shape(rows, _width);

    internal Matrix<float> Attended(int rows) => _attended.Shape(rows, _width);

    internal Matrix<float> Sum(int rows) => _sum.Shape(rows, _width);

    /// <summary>The embeddings, kept for the convolution.</summary>
    internal Matrix<float> Embedded(int rows) => _embedded.Shape(rows, _width);

    /// <summary>One memory for what is never needed at once: the projections, the feed-forward layer, the convolution's input.</summary>
    internal Matrix<float> Wide(int rows, int columns) => _wide.Shape(rows, columns);

    internal Matrix<float> Logits(int rows, int labels) => _logits.Shape(rows, labels);
}
