namespace Picket.Compute;

/// <summary>A head's products in floats, as in inference, except that the probabilities are kept and dropped out on the way.</summary>
internal sealed class ForwardProducts : IHeadProducts
{
    private readonly FloatHeadProducts _floats = new();
    private SimdLevel _simd;
    private Dropout _dropout;
    private Matrix<float> _probabilities;
    private AttentionSequence _sequence;
    private int _row;
    private int _firstQuery;
    private int _firstReversedKey;

    /// <summary>Makes this head the one that the products are of.</summary>
    /// <param name="head">The head.</param>
    /// <param name="positions">The pass's positions.</param>
    /// <param name="dropout">Of the probabilities.</param>
    /// <param name="probabilities">Receives them before dropout.</param>
    /// <param name="sequence">The head's place among them.</param>
    /// <param name="row">The first query of this piece.</param>
    public void Take(
        in AttentionHead head, ForwardPositions positions, Dropout dropout, Matrix<float> probabilities, AttentionSequence sequence, int row)
    {
        (_simd, _dropout, _probabilities, _sequence, _row) = (head.Simd, dropout, probabilities, sequence, row);
        (_firstQuery, _firstReversedKey) = (positions.FirstQuery, positions.FirstReversedKey);
        _floats.Take(head, positions.Queries(head.Number), positions.ReversedKeys(head.Number));
    }

    /// <inheritdoc/>
    public void KeysByPositions(int key, int first, Matrix<float> target) => _floats.KeysByPositions(key, first - _firstQuery, target);

    /// <inheritdoc/>
    public void Take(Matrix<float> queries) => _floats.Take(queries);

    /// <inheritdoc/>
    public void Scores(Matrix<float> target) => _floats.Scores(target);

    /// <inheritdoc/>
    public void QueriesByPositions(int first, Matrix<float> target) => _floats.QueriesByPositions(first - _firstReversedKey, target);

    /// <inheritdoc/>
    public void Context(Matrix<float> scores, Matrix<float> padded, float factor, Matrix<float> target)
    {
        int length = _sequence.Length;
        for (int i = 0; i < scores.Rows; i++, _row++)
        {
            Elementwise.Softmax(_simd, scores[i], factor);
            scores[i].CopyTo(_probabilities[0].Slice(_sequence.Place + (_row * length), length));
            _dropout.Apply(scores[i], _sequence.Row + _row);
        }

        _floats.MultiplyValues(scores, target);
    }

    /// <inheritdoc/>
    public void Dispose() => _floats.Dispose();
}
