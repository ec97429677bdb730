namespace Picket.Testing;

/// <summary>A folder that goes when the test ends.</summary>
/// <param name="inMemory">
/// Whether it is to lie in memory where the system has a place for that: thousands of small files wait for a busy disk's journal, which made
/// the loading fuzz take 60 s in place of 6.
/// </param>
internal sealed class ScratchFolder(bool inMemory = false) : IDisposable
{
    private const string MemoryFileSystem = "/dev/shm";

    private readonly DirectoryInfo _folder = inMemory && Directory.Exists(MemoryFileSystem)
        ? Directory.CreateDirectory(Path.Combine(MemoryFileSystem, $"picket-test-{Guid.NewGuid():N}"))
        : Directory.CreateTempSubdirectory("picket-test-");

    /// <summary>The full path of a file or folder in it.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
