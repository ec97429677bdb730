namespace Picket.Models.Bundles;

/// <summary>A folder beside the one that is to be made: it becomes that one when all is in it, or goes.</summary>
internal sealed class StagingFolder : IDisposable
{
    private readonly string _target;

    private StagingFolder(string target)
    {
        // One name for one target: what a kill left behind is cleared by the next run.
        string parent = System.IO.Path.GetDirectoryName(target)!;
        _target = target;
        Path = System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(target)}.writing");
        Clear();
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder as long as it is not finished.</summary>
    public string Path { get; }

    /// <summary>Makes one, if <paramref name="target"/> is free: absent, or an empty folder.</summary>
    /// <exception cref="PicketException">There is something.</exception>
    public static StagingFolder For(string target)
    {
        RequireFree(target);
        return new StagingFolder(Full(target));
    }

    /// <summary>Refuses a target that is not free, before there is anything to write to it.</summary>
    /// <exception cref="PicketException">There is something.</exception>
    public static void RequireFree(string target)
    {
        string full = Full(target);
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
        {
            string found = File.Exists(full) ? "a file" : "a folder with files";
            throw new PicketException($"{target}: expected no folder or an empty one to write to, found {found}; choose another or remove it first");
        }
    }

    /// <summary>Gives the folder its name.</summary>
    public void Finish()
    {
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target);
        }

        Directory.Move(Path, _target);
    }

    /// <summary>Removes what is not finished.</summary>
    public void Dispose() => Clear();

    private static string Full(string target) => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));

    private void Clear()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
