using Picket.Models.Blend;
using Picket.Models.Bundles;

namespace Picket.Models.Tests.Blend;

public sealed class BlendWriterTests : IDisposable
{
    private readonly BlendFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_Copies_NeedsTheOriginalsNoMore()
    {
        Directory.Delete(_folder.Scratch["a"], recursive: true);
        Directory.Delete(_folder.Scratch["b"], recursive: true);

        await using IGuard guard = await GuardLoader.LoadAsync(_folder.Path, cancellationToken: Token);

        Assert.Equal(new GuardDescription("both", "blend", 48, 0, 0.6), guard.Description);
        Assert.Equal(["members/a", "members/b"], Bundle.Open(_folder.Path).Manifest.Blend!.Members.Select(static member => member.Bundle));
        Assert.Equal(48, Bundle.Open(_folder.Path).Manifest.FeatureWidth);
    }

    [Fact]
    public async Task Write_Links_NamesTheNeighbours()
    {
        using var linked = new BlendFolder(link: true);

        await using IGuard guard = await GuardLoader.LoadAsync(linked.Path, cancellationToken: Token);

        Assert.Equal(["../a", "../b"], Bundle.Open(linked.Path).Manifest.Blend!.Members.Select(static member => member.Bundle));
        Assert.Equal(["guard.json"], Directory.GetFileSystemEntries(linked.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Write_IntoAFolderWithFiles_IsRefused() => AssertRefused(_folder.Path, "expected no folder or an empty one", _folder.Scratch["a"]);

    [Fact]
    public void Write_SameMemberTwice_IsRefused() => AssertRefused(
        _folder.Scratch["c"], "expected different members, found the same as in", _folder.Scratch["a"], Path.Combine(_folder.Path, "members", "a"));

    [Fact]
    public void Write_BlendAsMember_IsRefused() =>
        AssertRefused(_folder.Scratch["c"], "expected a guard that is no blend itself", _folder.Scratch["a"], _folder.Path);

    [Fact]
    public void Write_MemberThatIsDamaged_LeavesNothing()
    {
        File.WriteAllText(Path.Combine(_folder.Scratch["b"], "model.safetensors"), "x");

        AssertRefused(_folder.Scratch["c"], "expected SHA-256", _folder.Scratch["a"], _folder.Scratch["b"]);

        Assert.Equal(["a", "b", "blend"], Directory.GetFileSystemEntries(_folder.Scratch[""]).Select(Path.GetFileName).Order());
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertRefused(string target, string expected, params string[] members)
    {
        string message = Assert.Throws<PicketException>(
            () => BlendWriter.Write(target, BlendFolder.Named, [.. members.Select(static member => (member, 0.5))], 0, link: false, Token)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
