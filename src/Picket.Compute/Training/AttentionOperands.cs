namespace Picket.Compute;

/// <summary>What attention multiplies, or the gradients of that.</summary>
/// <param name="Queries">tokens x hidden, heads side by side; so are the others.</param>
/// <param name="Keys">tokens x hidden.</param>
/// <param name="Values">tokens x hidden.</param>
/// <param name="PositionQueries">positions x hidden: PQ, some rows of the projected relative embeddings.</param>
/// <param name="PositionKeys">positions x hidden: PK.</param>
/// <param name="FirstPosition">Which row of the relative embeddings the first of them is.</param>
public readonly record struct AttentionOperands(
    Matrix<float> Queries,
    Matrix<float> Keys,
    Matrix<float> Values,
    Matrix<float> PositionQueries,
    Matrix<float> PositionKeys,
    int FirstPosition);
