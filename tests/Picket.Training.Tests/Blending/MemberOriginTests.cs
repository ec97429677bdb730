using System.Text.Json;
using Picket.Models.Bundles;
using Picket.Testing;
using Picket.Training.Blending;
using Picket.Training.NGram;

namespace Picket.Training.Tests.Blending;

public sealed class MemberOriginTests : IDisposable
{
    private static readonly DataSource[] s_known = [new("train.jsonl", "aa11", 1, 1)];
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("""{"settings":{"held_out_share":0.05}}""", 0.05)]
    [InlineData("""{"settings":{"training":{"held_out_share":0.1}}}""", 0.1)]
    [InlineData("""{"settings":{"training":7}}""", null)]
    [InlineData("""{"settings":{"held_out_share":"much"}}""", null)]
    [InlineData("""{"data":[{"sha256":7},5]}""", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public void Of_CardOfAnyKind_FindsTheShareIfThereIsOne(string card, double? expected) => Assert.Equal(expected, Open(card).HeldOutShare);

    [Theory]
    [InlineData("""{"data":[{"sha256":"aa11"}]}""", null, "learned from train.jsonl; expected rows that no member learned from")]
    [InlineData("""{"data":[{"sha256":"aa11"}]}""", 0.05, "expected its held-out share, found none")]
    [InlineData("""{"data":[{"sha256":"aa11"}],"settings":{"held_out_share":0.05}}""", null, "(held-out-only up to 0.05)")]
    [InlineData("""{"data":[{"sha256":"cc33"}],"settings":{"held_out_share":0.05}}""", 0.1, "expected a held-out share of at least 0.1, found 0.05")]
    public void Objection_RowsItMayHaveLearnedFrom_NamesFileAndReason(string card, double? share, string expected)
    {
        string? objection = Open(card).Objection(s_known, share);

        Assert.StartsWith($"{Path.Combine(_folder["guard"], GuardManifest.FileName)}, field \"training\": ", objection, StringComparison.Ordinal);
        Assert.Contains(expected, objection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":[{"sha256":"cc33"}]}""", null)]
    [InlineData("""{"data":[{"sha256":"aa11"}],"settings":{"held_out_share":0.05}}""", 0.05)]
    [InlineData("""{"data":[{"sha256":"cc33"}]}""", 0.05)]
    [InlineData("null", null)]
    public void Objection_NothingSpeaksAgainstIt_IsNull(string card, double? share) => Assert.Null(Open(card).Objection(s_known, share));

    public void Dispose() => _folder.Dispose();

    private MemberOrigin Open(string card)
    {
        using var json = JsonDocument.Parse(card);
        var manifest = new GuardManifest
        {
            Kind = "ngram",
            Name = "n",
            Files = new Dictionary<string, BundleFile>(),
            Training = json.RootElement.Clone(),
        };
        Bundle.Write(_folder["guard"], manifest, new Dictionary<string, byte[]>());
        return MemberOrigin.Of(Bundle.Open(_folder["guard"]));
    }
}
