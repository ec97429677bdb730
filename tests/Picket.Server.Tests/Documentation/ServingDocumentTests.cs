using YamlDotNet.RepresentationModel;

namespace Picket.Server.Tests;

/// <summary>docs/serving.md and docs/deploy/ say what the server does.</summary>
public sealed class ServingDocumentTests
{
    private const string Begin = "<!-- configuration: made by ServingDocumentTests -->\n\n";
    private const string End = "\n\n<!-- end of configuration -->";
    private static readonly string Docs = Path.Combine(SharedFolder.RepositoryRoot, "docs");
    private static readonly string Document = Path.Combine(Docs, "serving.md");

    [Fact]
    public void Reference_OfTheDocument_IsWhatTheOptionsSay()
    {
        string document = Text(Document);
        int start = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = document.IndexOf(End, StringComparison.Ordinal);
        string reference = ConfigurationReference.Write();
        if (Environment.GetEnvironmentVariable("PICKET_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Document, document[..start] + reference + document[end..]);
            return;
        }

        Assert.True(reference == document[start..end], "docs/serving.md is out of date: run this test with PICKET_UPDATE_DOCS=1");
    }

    [Fact]
    public void Examples_OfTheDocument_AreWithoutFault()
    {
        string[] examples = [.. Text(Document).Split("```json\n").Skip(1).Select(static part => part.Split("```")[0])];

        Assert.NotEmpty(examples);
        Assert.All(examples, static example => Assert.Empty(FaultsOf(example)));
    }

    [Fact]
    public void Deployments_Configurations_AreWithoutFault()
    {
        var manifest = new YamlStream();
        manifest.Load(new StringReader(Text(Path.Combine(Docs, "deploy", "kubernetes.yaml"))));
        YamlNode map = manifest.Documents.Select(static one => one.RootNode).Single(static one => one["kind"].ToString() == "ConfigMap");

        Assert.Empty(FaultsOf(map["data"]["picket.json"].ToString()));
        Assert.Empty(FaultsOf(Text(Path.Combine(Docs, "deploy", "picket.json"))));
    }

    [Fact]
    public void Routes_OfTheDocument_AreAllThereAre() =>
        Assert.All(RouteNames.All, static route => Assert.Contains($"| `{route}` |", Text(Document), StringComparison.Ordinal));

    private static IReadOnlyList<string> FaultsOf(string json)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["picket.json"], json);
        return ServerConfiguration.Read(new ConfigurationSource(folder["picket.json"], []), RouteNames.All).Faults;
    }

    private static string Text(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");
}
