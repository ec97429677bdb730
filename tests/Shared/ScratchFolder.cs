namespace Picket.Testing;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picket-test-");

    /// <summary>The full path of a file or folder in it.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
