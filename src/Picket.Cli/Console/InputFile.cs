namespace Picket.Cli;

/// <summary>Opens what the user names, and says plainly why it cannot.</summary>
internal static class InputFile
{
    /// <summary>Opens <paramref name="path"/> for one pass from start to end.</summary>
    /// <exception cref="PicketException">There is no such file, it is a directory, or it may not be read.</exception>
    public static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
        {
            throw new PicketException($"{path}: expected a file, found a directory");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PicketException($"{path}: no such file", fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new PicketException($"{path}: permission denied", fault);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or NotSupportedException)
        {
            throw new PicketException($"{path}: cannot be opened", fault);
        }
    }
}
