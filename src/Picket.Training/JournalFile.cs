namespace Picket.Training;

/// <summary>
/// A journal's file, for one process alone: lines after a first one that says what they belong to, only ever appended to. Opening it cuts off
/// what a kill left behind; whoever reads the lines says where.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Opens the file, which is made when absent.</summary>
    /// <exception cref="PicketException">It is in use, or cannot be opened for writing.</exception>
    public JournalFile(string path)
    {
        _path = path;
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            string problem = File.Exists(path) ? "is in use by another run, or may not be written" : "cannot be created";
            throw new PicketException($"{path}: {problem}", fault);
        }
    }

    /// <summary>For reading; the position is where the next line is appended.</summary>
    public FileStream Stream => _file;

    /// <summary>Appends in one write.</summary>
    /// <exception cref="PicketException">It cannot be written; half of it may stand there.</exception>
    public void Write(byte[] bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (IOException fault)
        {
            throw new PicketException($"{_path}: cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Drops what stands behind <paramref name="length"/>; the next line goes there.</summary>
    public void Cut(long length)
    {
        _file.SetLength(length);
        _file.Position = length;
    }

    /// <summary>Begins anew with the first line.</summary>
    public void Begin(byte[] header)
    {
        Cut(0);
        Write(header);
    }

    /// <summary>The fault of a file that is none of these journals.</summary>
    public PicketException NotAJournal() => new($"{_path}: expected a journal that an earlier run left, found another file; move it away");

    /// <summary>The fault of a journal that belongs to something else.</summary>
    public PicketException BelongsTo(IEnumerable<string> others) => new(
        $"{_path}: an earlier run left this journal, and it belongs to {string.Join(" and ", others)}; remove it, or finish that run first");

    /// <summary>Removes the file.</summary>
    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    /// <summary>Closes the file and has the disk take what was appended.</summary>
    public void Dispose() => Close(keep: true);

    /// <summary>As <see cref="Dispose"/>; without <paramref name="keep"/> the file goes, unless that happened before.</summary>
    public void Close(bool keep)
    {
        if (_file.CanWrite)
        {
            try
            {
                _file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // What the disk did not take is made again; the fault that matters was thrown by the write.
            }

            _file.Dispose();
            if (!keep)
            {
                File.Delete(_path);
            }
        }
    }
}
