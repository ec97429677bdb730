namespace Picket.Cli.Tests;

public sealed class ReportFileTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task WriteAsync_FileExists_ReplacesIt()
    {
        string path = _folder.Write("r.txt", "old and long");

        await ReportFile.WriteAsync(path, "new", Cancellation);

        Assert.Equal("new", await File.ReadAllTextAsync(path, Cancellation));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesTheOldFile()
    {
        string path = _folder.Write("r.txt", "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReportFile.WriteAsync(path, "new", new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(path, Cancellation));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void EnsureWritable_Folder_Throws()
    {
        var fault = Assert.Throws<PicketException>(() => ReportFile.EnsureWritable(_folder.Path));

        Assert.Equal($"{_folder.Path}: expected a file, found a directory", fault.Message);
    }

    public void Dispose() => _folder.Dispose();
}
