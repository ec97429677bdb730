using Picket.Data;

namespace Picket.Chat;

/// <summary>Reads the behaviours that an auditor names; Picket has none of its own.</summary>
public static class BehaviourFile
{
    private const int LongestId = 40;

    /// <summary>Reads a file in any format of <see cref="ExampleReader"/>: AdvBench, JailbreakBench, StrongREJECT, JSON Lines and others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="benign">Its requests are harmless.</param>
    /// <param name="format">The format; <see langword="null"/> recognises it by content.</param>
    /// <param name="most">The most behaviours, the first ones; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// Behaviours with ids that tell them apart: the file's own, where they are short and without blanks, else <c>row-N</c>.
    /// </returns>
    /// <exception cref="PicketException">The file cannot be read, or has no rows.</exception>
    public static async Task<IReadOnlyList<Behaviour>> ReadAsync(
        string path, bool benign = false, string? format = null, int? most = null, CancellationToken cancellationToken = default)
    {
        var behaviours = new List<Behaviour>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (Example row in ExampleReader.ReadAsync(path, format, cancellationToken).Take(most ?? int.MaxValue))
        {
            string id = IsName(row.Id) && ids.Add(row.Id) ? row.Id : $"row-{behaviours.Count + 1}";
            ids.Add(id);
            behaviours.Add(new Behaviour(id, row.Prompt, benign));
        }

        return behaviours.Count > 0 ? behaviours : throw new PicketException($"{path}: expected behaviours, found no row");
    }

    // What is long or has blanks may be the text.
    private static bool IsName(string id) => id.Length <= LongestId && !id.Any(char.IsWhiteSpace) && !id.Contains('/', StringComparison.Ordinal);
}
