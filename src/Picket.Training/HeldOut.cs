using Picket.Data;
using Picket.Training.NGram;

namespace Picket.Training;

/// <summary>Which rows a training does not learn from.</summary>
internal static class HeldOut
{
    /// <summary>
    /// Whether a text is held out, by its hash (FNV-1a, mixed): rows that share a prompt stay together, on every machine. The shares nest:
    /// what a share holds out, every larger one holds out, too.
    /// </summary>
    /// <param name="text">The prompt.</param>
    /// <param name="share">Share that is held out.</param>
    public static bool Has(string text, double share) => (Hash(text) * 2654435761) >> 8 < share * (1 << 24);

    /// <summary>The part, from 0, that a text falls into; parts are about equally large within any held-out share, too.</summary>
    /// <remarks>Of the same hash through MurmurHash3's finaliser (Appleby 2011): bits that say nothing of what <see cref="Has"/> looks at.</remarks>
    /// <param name="text">The prompt.</param>
    /// <param name="folds">Parts.</param>
    public static int Fold(string text, int folds)
    {
        uint hash = Hash(text);
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        hash ^= hash >> 16;
        return (int)(((ulong)hash * (uint)folds) >> 32);
    }

    /// <summary>The labelled rows of files; with a share, only those that a training with it, or with a larger one, did not learn from.</summary>
    public static (DataSource Source, IReadOnlyList<Example> Rows)[] Take(
        IReadOnlyList<(DataSource Source, IReadOnlyList<Example> Rows)> data, double? share) =>
    [
        .. data.Select(file =>
        {
            Example[] rows = [.. file.Rows.Where(row => row.Unsafe is not null && (share is not { } held || Has(row.Prompt, held)))];
            return (file.Source with { Rows = rows.Length, UnsafeRows = rows.Count(static row => row.Unsafe == true) }, rows);
        }),
    ];

    /// <summary>Divides rows by their examples' prompts.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="rows">What was made of each, in the same order.</param>
    /// <param name="isUnsafe">A row's class.</param>
    /// <param name="share">Share that is held out.</param>
    /// <exception cref="PicketException">A part lacks a class.</exception>
    public static (TRow[] Learned, TRow[] HeldOut) Split<TRow>(
        IReadOnlyList<Example> examples, IReadOnlyList<TRow> rows, Func<TRow, bool> isUnsafe, double share)
    {
        ILookup<bool, TRow> parts = rows.Zip(examples).ToLookup(pair => Has(pair.Second.Prompt, share), static pair => pair.First);
        foreach (bool heldOut in new[] { false, true })
        {
            if (!parts[heldOut].Any(isUnsafe) || parts[heldOut].All(isUnsafe))
            {
                string part = heldOut ? $"the held-out share of {share}" : "the rows to learn from";
                throw new PicketException($"expected safe and unsafe rows in {part} of {rows.Count} rows, found one class; give more data");
            }
        }

        return ([.. parts[false]], [.. parts[true]]);
    }

    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }
}
