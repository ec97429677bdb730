using Picket.Training.Autograd;

namespace Picket.Training.Optimisation;

/// <summary>What a training makes smaller: a model with a loss on rows of some kind.</summary>
/// <typeparam name="TRow">A row, as the model takes it.</typeparam>
public interface IObjective<TRow>
{
    /// <summary>What is learned, in a fixed order.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The tokens that a row costs, padding not among them.</summary>
    int Tokens(TRow row);

    /// <summary>Forward and backward pass of some rows: adds <paramref name="share"/> times the gradient of their mean loss.</summary>
    /// <param name="rows">At least one row; together they fit in memory at once.</param>
    /// <param name="share">These rows' share of the update.</param>
    /// <param name="seed">Of dropout and of whatever else is left to chance; the same seed gives the same result, bit by bit.</param>
    /// <returns>The rows' mean loss.</returns>
    double Accumulate(IReadOnlyList<TRow> rows, float share, ulong seed);
}
