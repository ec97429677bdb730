using Picket.Data;
using Picket.Models.Bundles;
using Picket.Training.Blending;
using Picket.Training.NGram;

namespace Picket.Training.RouterTraining;

/// <summary>Guards that have not seen the rows they are asked about, and a check of guards that have.</summary>
public static class RouteFolds
{
    /// <summary>The part of a row, by a hash of its prompt: rows that share a prompt stay together.</summary>
    /// <param name="row">The row.</param>
    /// <param name="folds">Parts; 2 or more.</param>
    public static int Of(Example row, int folds)
    {
        ArgumentNullException.ThrowIfNull(row);
        return HeldOut.Fold(row.Prompt, folds);
    }

    /// <summary>Trains one guard a part, on all rows of the other parts, one after another.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="folds">Parts; 2 to 100.</param>
    /// <param name="train">Makes a guard of rows, as the small guard was made.</param>
    /// <param name="cancellationToken">Given to the training.</param>
    /// <returns>The guards by part; the caller disposes them.</returns>
    /// <exception cref="PicketException">The number of parts is out of its range, or a part has no row.</exception>
    public static async Task<IReadOnlyList<IGuard>> TrainAsync(
        IReadOnlyList<Example> rows,
        int folds,
        Func<IReadOnlyList<Example>, CancellationToken, Task<IGuard>> train,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(train);
        if (folds is < 2 or > 100)
        {
            throw new PicketException($"folds: expected 2 to 100, found {folds}");
        }

        var guards = new List<IGuard>();
        try
        {
            for (int fold = 0; fold < folds; fold++)
            {
                Example[] others = [.. rows.Where(row => Of(row, folds) != fold)];
                if (others.Length == rows.Count || others.Length == 0)
                {
                    throw new PicketException($"folds: expected rows in and outside part {fold} of {folds}, found one side empty; give more data");
                }

                guards.Add(await train(others, cancellationToken));
            }

            return guards;
        }
        catch
        {
            foreach (IGuard guard in guards)
            {
                await guard.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Whether a row is among those that a training with this held-out share, or a larger one, does not learn from.</summary>
    /// <param name="row">The row.</param>
    /// <param name="share">Above 0 to 0.5.</param>
    public static bool IsHeldOut(Example row, double share)
    {
        ArgumentNullException.ThrowIfNull(row);
        return HeldOut.Has(row.Prompt, share);
    }

    /// <summary>How many of some files' rows a guard's model card says it learned from; 0 where the card names none of the files.</summary>
    /// <param name="manifest">The guard's.</param>
    /// <param name="files">The files that routing data is to be made of.</param>
    /// <param name="heldOutOnly">
    /// The share that the rows are from (<see cref="IsHeldOut"/>): where the card holds out as much, none of them was learned from.
    /// </param>
    public static int OverlapRows(GuardManifest manifest, IReadOnlyList<DataSource> files, double? heldOutOnly = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(files);
        var origin = MemberOrigin.Of(manifest, manifest.Name);
        return heldOutOnly <= origin.HeldOutShare ? 0 : files.Where(file => origin.Data.Contains(file.Sha256)).Sum(static file => file.Rows);
    }
}
