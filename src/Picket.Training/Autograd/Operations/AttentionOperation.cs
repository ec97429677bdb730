using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Disentangled attention.</summary>
public static class AttentionOperation
{
    /// <summary>Self-attention of each sequence with relative positions (<see cref="TrainableAttention"/>).</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="attention">Buckets, heads and memory.</param>
    /// <param name="inputs">Queries, keys and values (tokens x hidden), projected positions as queries and as keys (positions x hidden).</param>
    /// <param name="firstPosition">Which row of the relative embeddings the first position is.</param>
    /// <param name="starts">The first row of each sequence, then the number of rows; read again in the backward pass.</param>
    /// <param name="dropoutRate">Of the probabilities.</param>
    /// <returns>tokens x hidden.</returns>
    public static Variable Attend(
        this Tape tape, TrainableAttention attention, in AttentionInputs inputs, int firstPosition, ReadOnlyMemory<int> starts, float dropoutRate)
    {
        (Variable queries, Variable keys, Variable values, Variable positionQueries, Variable positionKeys) = inputs;
        Dropout dropout = tape.Drop(dropoutRate);
        Variable output = tape.New(queries.Value.Rows, queries.Value.Columns);
        Matrix<float> probabilities = tape.Take(1, attention.ProbabilityCount(starts.Span));
        var operands = new AttentionOperands(
            queries.Value, keys.Value, values.Value, positionQueries.Value, positionKeys.Value, firstPosition);
        attention.Forward(tape.Context, operands, starts.Span, dropout, probabilities, output.Value);
        tape.Note(output, () =>
        {
            var gradients = new AttentionOperands(
                queries.AddGradient(),
                keys.AddGradient(),
                values.AddGradient(),
                positionQueries.AddGradient(),
                positionKeys.AddGradient(),
                firstPosition);
            attention.Backward(tape.Context, operands, starts.Span, dropout, probabilities, output.Gradient, gradients);
        });
        return output;
    }
}

/// <summary>What attention takes.</summary>
/// <param name="Queries">tokens x hidden.</param>
/// <param name="Keys">tokens x hidden.</param>
/// <param name="Values">tokens x hidden.</param>
/// <param name="PositionQueries">positions x hidden.</param>
/// <param name="PositionKeys">positions x hidden.</param>
public readonly record struct AttentionInputs(
    Variable Queries, Variable Keys, Variable Values, Variable PositionQueries, Variable PositionKeys);
