namespace Picket.Cli.Tests;

public sealed class EvalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Expand_Folder_GivesItsDataFilesInOrder()
    {
        foreach (string name in new[] { "b.jsonl", "a.csv.gz", "notes.txt", ".hidden.jsonl", "sub/c.jsonl" })
        {
            _folder.Write(name, "");
        }

        Assert.Equal([_folder.At("a.csv.gz"), _folder.At("b.jsonl")], EvalData.Expand([_folder.Path]));
    }

    [Fact]
    public void Expand_FileNamedTwice_CountsOnce()
    {
        string file = _folder.Write("a.jsonl", "");

        Assert.Equal([file], EvalData.Expand([file, _folder.Path]));
    }

    [Fact]
    public void Expand_FolderWithoutData_Throws()
    {
        var fault = Assert.Throws<PicketException>(() => EvalData.Expand([_folder.Path]));

        Assert.StartsWith($"{_folder.Path}: expected files ending in .jsonl", fault.Message);
    }

    [Fact]
    public void Names_DistinctFiles_LoseFolderAndExtension()
    {
        Assert.Equal(["a", "b"], EvalData.Names(["x/a.jsonl.gz", "y/b.csv"]));
    }

    [Fact]
    public void Names_SameFileInTwoFolders_KeepTheFolder()
    {
        Assert.Equal(["x/a.jsonl", "y/a.jsonl"], EvalData.Names(["x/a.jsonl", "y/a.jsonl"]));
    }

    public void Dispose() => _folder.Dispose();
}
