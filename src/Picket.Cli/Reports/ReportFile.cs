using System.Text;

namespace Picket.Cli;

/// <summary>Writes whole files: a reader sees the old file or the new one and never half of it.</summary>
internal static class ReportFile
{
    /// <summary>Says before any work is done that <paramref name="path"/> cannot be written.</summary>
    /// <exception cref="PicketException">The path is a folder, or is in one that does not exist.</exception>
    public static void EnsureWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new PicketException($"{path}: expected a file, found a directory");
        }

        if (!Directory.Exists(Folder(path)))
        {
            throw new PicketException($"{path}: no such directory");
        }
    }

    /// <summary>Writes <paramref name="text"/> under a temporary name beside <paramref name="path"/> and renames it.</summary>
    /// <exception cref="PicketException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        string temporary = Path.Combine(Folder(path), $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            await File.WriteAllTextAsync(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be written: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
