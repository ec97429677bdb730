using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Memory for the matrices of a pass: given out one after another and taken back all at once. It grows and is reused.</summary>
internal sealed class Arena : IDisposable
{
    private const long LeastBlock = 16 << 20;
    private const int Line = AlignedBuffer<float>.Alignment / sizeof(float);
    private const int Page = 4096 / sizeof(float);
    private readonly List<AlignedBuffer<float>> _blocks = [];
    private int _block;
    private long _used;

    /// <summary>Where the next matrix will be.</summary>
    public (int Block, long Used) Mark => (_block, _used);

    /// <summary>A matrix of undefined content, its rows on cache lines and no multiple of a page apart.</summary>
    public Matrix<float> Take(int rows, int columns)
    {
        int stride = rows == 1 ? columns : (columns + Line - 1) / Line * Line;
        stride += rows > 1 && stride % Page == 0 ? Line : 0;
        long length = (((long)rows * stride) + Line - 1) / Line * Line;
        while (_block < _blocks.Count && _used + length > _blocks[_block].Length)
        {
            _block++;
            _used = 0;
        }

        if (_block == _blocks.Count)
        {
            _blocks.Add(new AlignedBuffer<float>(Math.Max(length, LeastBlock)));
        }

        var matrix = new Matrix<float>(_blocks[_block], rows, columns, stride, _used);
        _used += length;
        return matrix;
    }

    /// <summary>Takes back what was given out since <paramref name="mark"/>.</summary>
    public void Release((int Block, long Used) mark) => (_block, _used) = mark;

    public void Dispose()
    {
        _blocks.ForEach(static block => block.Dispose());
        _blocks.Clear();
    }
}
