namespace Picket.Cli.Tests;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picket-eval-");

    public string Path => _folder.FullName;

    public string At(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>Labelled rows whose prompts have 1 to <paramref name="count"/> letters; the longer, the likelier unsafe.</summary>
    public string WriteRows(string name, int count = 60)
    {
        var random = new Random(8);
        return Write(name, string.Concat(Enumerable.Range(1, count).Select(i =>
        {
            int label = random.Next(count) < i ? 1 : 0;
            return $$"""{"id":"r{{i}}","prompt":"{{new string('q', i)}}","unsafe":{{label}},"category":"</script><b>c{{i % 3}}"}""" + "\n";
        })));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
