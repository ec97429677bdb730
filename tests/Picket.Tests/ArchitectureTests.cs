using System.Xml.Linq;
using Picket.Testing;

namespace Picket.Tests;

public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Picket"] = [],
        ["Picket.Compute"] = [],
        ["Picket.Models"] = ["Picket", "Picket.Compute"],
        ["Picket.Chat"] = ["Picket"],
        ["Picket.Training"] = ["Picket", "Picket.Compute", "Picket.Models", "Picket.Chat"],
        ["Picket.Server"] = ["Picket", "Picket.Models", "Picket.Chat"],
        ["Picket.Cli"] = ["Picket", "Picket.Compute", "Picket.Models", "Picket.Chat", "Picket.Training", "Picket.Server"],
    };

    public static TheoryData<string> Projects() =>
        [.. Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEveryProject_AreAllowed(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        IEnumerable<string> references = XDocument.Load(project)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} is not a room of the house");
        Assert.Empty(references.Except(allowed!));
    }

    [Fact]
    public void Projects_OfTheHouse_AreFound() => Assert.True(Projects().Count >= 5);
}
