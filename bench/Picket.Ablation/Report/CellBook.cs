namespace Picket.Ablation;

/// <summary>Cells that are finished, a file each.</summary>
/// <param name="work">The work folder.</param>
internal sealed class CellBook(string work)
{
    /// <summary>A cell: the one that an earlier run finished, or else what <paramref name="measure"/> says.</summary>
    /// <exception cref="PicketException">The earlier one was trained otherwise, or its file is damaged.</exception>
    public async Task<Cell> GetAsync(
        string student,
        string arm,
        int seed,
        string identity,
        Func<Task<(int Rows, IReadOnlyDictionary<string, SetFigures> Figures)>> measure,
        CancellationToken cancellationToken)
    {
        string path = Path.Combine(work, "cells", arm.Length == 0 ? $"{student}.json" : $"{student}-{arm}-{seed}.json");
        if (await WholeFile.ReadJsonAsync<Cell>(path, cancellationToken) is { } before)
        {
            return before.Identity == identity
                ? before
                : throw new PicketException(
                    $"{path}: expected a cell of {identity}, found one of {before.Identity}; delete it to train it again, "
                    + "or give --work another folder");
        }

        (int rows, IReadOnlyDictionary<string, SetFigures> figures) = await measure();
        var cell = new Cell(student, arm, seed, identity, rows, figures);
        await WholeFile.WriteJsonAsync(path, cell, cancellationToken);
        return cell;
    }
}
