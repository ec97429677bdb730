namespace Picket.Compute;

/// <summary>The four products of a head in one format of numbers, with the memory that they take: one thread at a time.</summary>
internal interface IHeadProducts : IDisposable
{
    /// <summary>K PQᵀ of the keys from <paramref name="key"/> on, a multiple of <see cref="AttentionWorker.KeyBlock"/>.</summary>
    /// <param name="key">The first key.</param>
    /// <param name="first">The first position, a multiple of a panel's width.</param>
    /// <param name="target">keys x positions.</param>
    void KeysByPositions(int key, int first, Matrix<float> target);

    /// <summary>Makes these rows of queries the ones that the products below are of.</summary>
    void Take(Matrix<float> queries);

    /// <summary>Q Kᵀ.</summary>
    void Scores(Matrix<float> target);

    /// <summary>Q PKᵀ from the reversed position <paramref name="first"/> on, a multiple of a panel's width.</summary>
    void QueriesByPositions(int first, Matrix<float> target);

    /// <summary>softmax(factor * scores) V.</summary>
    /// <param name="scores">queries x keys; destroyed.</param>
    /// <param name="padded">The same with the columns up to the next multiple of <see cref="RelativePositions.Lanes"/>.</param>
    /// <param name="factor">What scores are multiplied with.</param>
    /// <param name="target">queries x head size.</param>
    void Context(Matrix<float> scores, Matrix<float> padded, float factor, Matrix<float> target);
}
