using Picket.Models.Blend;
using Picket.Testing;

namespace Picket.Models.Tests.Blend;

public sealed class MemberPathTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("members/a")]
    [InlineData("../default")]
    [InlineData("../guards/a")]
    public void IsAllowed_InsideOrBeside_IsTrue(string path) => Assert.True(MemberPath.IsAllowed(path));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../")]
    [InlineData("../..")]
    [InlineData("../../a")]
    [InlineData("a/..")]
    [InlineData("a/../../b")]
    [InlineData("./a")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("c:/a")]
    [InlineData("c:a")]
    [InlineData("a\\b")]
    [InlineData("..\\..\\a")]
    [InlineData("a\nb")]
    public void IsAllowed_Elsewhere_IsFalse(string path) => Assert.False(MemberPath.IsAllowed(path));

    [Fact]
    public void Names_SameOrOddFolders_AreDistinctAndPlain()
    {
        string[] folders = [Path.Combine("x", "Guard"), Path.Combine("y", "guard"), Path.Combine("z", "my guard:1"), Path.Combine("w", "guard", "")];

        Assert.Equal(["Guard", "guard-2", "my-guard-1", "guard-3"], MemberPath.Names(folders));
    }

    [Fact]
    public void Beside_FolderElsewhere_IsRefused()
    {
        using var scratch = new ScratchFolder();

        Assert.Equal("../a", MemberPath.Beside(scratch["blend"], scratch["a"]));
        string message = Assert.Throws<PicketException>(() => MemberPath.Beside(scratch["blend"], scratch["c/a"])).Message;
        Assert.StartsWith($"{scratch["c/a"]}: expected a folder beside {scratch["blend"]}", message, StringComparison.Ordinal);
    }
}
