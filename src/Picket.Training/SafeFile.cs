namespace Picket.Training;

/// <summary>Writes a file whole or not at all.</summary>
internal static class SafeFile
{
    private const string Temporary = ".tmp";

    /// <summary>Writes under a temporary name, waits until it is on the disk, then renames: what stood there stays until all is well.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="create">Opens the temporary file; <see langword="null"/> for the file system.</param>
    /// <exception cref="PicketException">
    /// It cannot be written, for instance because the disk is full; an earlier file of the name is untouched.
    /// </exception>
    public static void Write(string path, Action<Stream> write, Func<string, Stream>? create = null)
    {
        string temporary = path + Temporary;
        try
        {
            using (Stream stream = create?.Invoke(temporary) ?? File.Create(temporary))
            {
                write(stream);
                stream.Flush();
                (stream as FileStream)?.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Delete(temporary);
            string kept = File.Exists(path) ? "; the one written before is untouched" : "";
            throw new PicketException($"{path}: cannot be written: {fault.Message}{kept}", fault);
        }
    }

    /// <summary>Deletes a file if that can be done; half a file that stays does no harm.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Whoever writes it next writes over it.
        }
    }
}
