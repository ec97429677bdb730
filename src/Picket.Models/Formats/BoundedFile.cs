namespace Picket.Models.Formats;

/// <summary>Files whose whole content is wanted, if it is not too much.</summary>
internal static class BoundedFile
{
    /// <summary>Reads a file of at most <paramref name="most"/> bytes.</summary>
    /// <exception cref="PicketException">It is longer or cannot be read.</exception>
    public static byte[] Read(string path, int most)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > most)
            {
                throw new PicketException($"{path}: expected at most {most} bytes, found {file.Length}");
            }

            byte[] content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PicketException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Whether a name from a file is a name only: a path would read or write outside the folder, a line break would split errors.</summary>
    public static bool IsPlainName(string name) =>
        name is not ("" or "." or "..") && !name.Any(static c => c is '/' or '\\' or ':' || char.IsControl(c));
}
