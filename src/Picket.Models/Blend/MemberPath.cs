using Picket.Models.Formats;

namespace Picket.Models.Blend;

/// <summary>Where the members of a blend may lie: a manifest from elsewhere is to read no folder that nobody meant.</summary>
internal static class MemberPath
{
    private const string Above = "..";

    /// <summary>
    /// Whether a path leads into the blend's folder or, with one <c>..</c> in front, into one beside it. Absolute paths, drive letters,
    /// backslashes, empty names and <c>.</c> are no such path.
    /// </summary>
    public static bool IsAllowed(string path)
    {
        string[] names = path.Split('/');
        string[] below = names[0] == Above ? names[1..] : names;
        return below.Length > 0 && below.All(BoundedFile.IsPlainName);
    }

    /// <summary>The folder, seen from where the process runs.</summary>
    public static string Resolve(string blend, string path) => Path.Combine([blend, .. path.Split('/')]);

    /// <summary>The path from a blend's folder to a member that lies in the same folder as it.</summary>
    /// <exception cref="PicketException">The member lies elsewhere.</exception>
    public static string Beside(string blend, string member)
    {
        string path = $"{Above}/{Path.GetFileName(Full(member))}";
        return Path.GetDirectoryName(Full(member)) == Path.GetDirectoryName(Full(blend)) && IsAllowed(path)
            ? path
            : throw new PicketException($"{member}: expected a folder beside {blend} to link to, found one elsewhere; it can be copied instead");
    }

    /// <summary>A name for the copy of each member: its folder's, odd characters as <c>-</c>, and numbered where it comes again.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> folders)
    {
        var names = new List<string>();
        foreach (string folder in folders)
        {
            string name = Path.GetFileName(Full(folder));
            name = string.Concat(name.Select(static c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
            string first = name.Length == 0 ? "member" : name;
            string free = first;

            // Two names that differ in capitals are one folder on some systems.
            for (int i = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); i++)
            {
                free = $"{first}-{i}";
            }

            names.Add(free);
        }

        return names;
    }

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
