namespace Picket.Compute;

/// <summary>A head's products in floats.</summary>
internal sealed class FloatHeadProducts : IHeadProducts
{
    private readonly PanelBuffer _keyMemory = new();
    private readonly PanelBuffer _valueMemory = new();
    private AttentionHead _head;
    private Panels _positionQueries;
    private Panels _reversedPositionKeys;
    private Panels _keys;
    private Panels _values;
    private Matrix<float> _queries;

    /// <summary>Makes this head the one that the products are of.</summary>
    /// <param name="head">The head.</param>
    /// <param name="positionQueries">head size x positions.</param>
    /// <param name="reversedPositionKeys">head size x positions, the last position first.</param>
    public FloatHeadProducts Take(in AttentionHead head, Panels positionQueries, Panels reversedPositionKeys)
    {
        _head = head;
        (_positionQueries, _reversedPositionKeys) = (positionQueries, reversedPositionKeys);
        _keys = _keyMemory.Shape(head.Keys.Columns, head.Keys.Rows);
        _values = _valueMemory.Shape(head.Values.Rows, head.Values.Columns);
        _keys.PackTransposed(head.Keys);
        _values.Pack(head.Values);
        return this;
    }

    /// <inheritdoc/>
    public void KeysByPositions(int key, int first, Matrix<float> target) =>
        Gemm.Multiply(_head.Simd, _head.Keys.SliceRows(key, target.Rows), _positionQueries, first, target);

    /// <inheritdoc/>
    public void Take(Matrix<float> queries) => _queries = queries;

    /// <inheritdoc/>
    public void Scores(Matrix<float> target) => Gemm.Multiply(_head.Simd, _queries, _keys, 0, target);

    /// <inheritdoc/>
    public void QueriesByPositions(int first, Matrix<float> target) =>
        Gemm.Multiply(_head.Simd, _queries, _reversedPositionKeys, first, target);

    /// <inheritdoc/>
    public void Context(Matrix<float> scores, Matrix<float> padded, float factor, Matrix<float> target)
    {
        for (int i = 0; i < scores.Rows; i++)
        {
            Elementwise.Softmax(_head.Simd, scores[i], factor);
        }

        MultiplyValues(scores, target);
    }

    /// <summary>probabilities V.</summary>
    public void MultiplyValues(Matrix<float> probabilities, Matrix<float> target) =>
        Gemm.Multiply(_head.Simd, probabilities, _values, 0, target);

    /// <inheritdoc/>
    public void Dispose()
    {
        _keyMemory.Dispose();
        _valueMemory.Dispose();
    }
}
