using System.Text.Json.Nodes;
using Picket.Models.Bundles;
using Picket.Models.NGram;

namespace Picket.Models.Tests.Blend;

public sealed class BlendLoadingTests : IDisposable
{
    private readonly BlendFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoadAsync_SoundBlend_ScoresAsItsMembersDoNormalisedOrNot(bool normalise)
    {
        GuardInput[] inputs = [new("good morning"), new("good mor\u200Bning", "h3llo th3re")];
        double[] sums = [BlendFolder.Offset, BlendFolder.Offset];
        foreach ((string member, double weight) in ((string[])["a", "b"]).Zip(BlendFolder.Weights))
        {
            await using IGuard guard = await GuardLoader.LoadAsync(_folder.Scratch[member], normalise, Token);
            IReadOnlyList<GuardScore> alone = await guard.ScoreAsync(inputs, Token);
            sums = [.. sums.Zip(alone, (sum, score) => sum + (weight * Math.Log(score.UnsafeProbability / (1 - score.UnsafeProbability))))];
        }

        await using IGuard blend = await GuardLoader.LoadAsync(_folder.Path, normalise, Token);
        IReadOnlyList<GuardScore> scores = await blend.ScoreAsync(inputs, Token);

        Assert.All(scores, (score, i) => Assert.Equal(1 / (1 + Math.Exp(-sums[i])), score.UnsafeProbability, 1e-12));
    }

    [Fact]
    public void LoadAsync_ExchangedMember_SaysSo()
    {
        BlendFolder.WriteMember(Path.Combine(_folder.Path, "members", "b"), seed: 9);

        _folder.AssertRefused(Path.Combine(_folder.Path, "members", "b", "guard.json"), "members[1]", "expected SHA-256", "the member was exchanged");
    }

    [Fact]
    public void LoadAsync_MemberMissing_NamesIt()
    {
        Directory.Delete(Path.Combine(_folder.Path, "members", "a"), recursive: true);

        _folder.AssertRefused(Path.Combine(_folder.Path, "members", "a", "guard.json"), "members[0]", "expected its guard.json, found none");
    }

    [Fact]
    public void LoadAsync_BlendInABlend_IsRefused()
    {
        using var inner = new BlendFolder();
        string copy = Path.Combine(_folder.Path, "inner");
        Directory.CreateDirectory(copy);
        File.Copy(inner.Manifest, Path.Combine(copy, GuardManifest.FileName));
        _folder.With(json =>
        {
            json["blend"]!["members"]![0]!["bundle"] = "inner";
            json["blend"]!["members"]![0]!["sha256"] = Picket.Models.Blend.BlendBundle.Hash(copy);
        });

        _folder.AssertRefused(Path.Combine(copy, "guard.json"), "field \"kind\": expected a guard that is no blend itself, found blend");
    }

    [Theory]
    [InlineData("temperature", "2", "field \"temperature\": expected 1 in a blend")]
    [InlineData("normalise", "true", "field \"normalise\": expected false in a blend")]
    [InlineData("labels", "[\"a\"]", "field \"labels\": expected two, found 1")]
    [InlineData("blend", "null", "field \"blend\": expected members, found none")]
    [InlineData("blend", "{}", "'members'")]
    [InlineData("blend", "{\"members\":[]}", "field \"blend\": members: expected 2 to 16, found 0")]
    [InlineData("blend", "{\"members\":[null,null]}", "field \"blend\": members[0]: expected an object, found null")]
    public void LoadAsync_BadValue_NamesFileAndField(string field, string value, string expected)
    {
        _folder.With(json => json[field] = JsonNode.Parse(value));

        _folder.AssertRefused(_folder.Manifest, expected);
    }

    [Theory]
    [InlineData("bundle", "\"../../a\"", "members[1].bundle: expected the relative path of a folder in this bundle or of one beside it")]
    [InlineData("bundle", "\"members/a\"", "members[1].bundle: expected each bundle once, found members/a again")]
    [InlineData("sha256", "\"ABC\"", "members[1].sha256: expected 64 hexadecimal digits in lower case")]
    [InlineData("weight", "-0.1", "members[1].weight: expected 0 to 1000, found -0.1")]
    [InlineData("weight", "1001", "members[1].weight: expected 0 to 1000, found 1001")]
    [InlineData("weight", "\"x\"", "$.blend.members[1].weight")]
    public void LoadAsync_BadMember_NamesFileAndField(string field, string value, string expected)
    {
        _folder.With(json => json["blend"]!["members"]![1]![field] = JsonNode.Parse(value));

        _folder.AssertRefused(_folder.Manifest, expected);
    }

    [Fact]
    public void LoadAsync_OffsetOutOfRange_NamesTheField()
    {
        _folder.With(static json => json["blend"]!["offset"] = -1001);

        _folder.AssertRefused(_folder.Manifest, "field \"blend\": offset: expected -1000 to 1000, found -1001");
    }

    [Fact]
    public void Verify_DamagedMember_IsFound()
    {
        Bundle.Open(_folder.Path).Verify(Token);
        string weights = Path.Combine(_folder.Path, "members", "b", NGramGuard.WeightsFile);
        byte[] content = File.ReadAllBytes(weights);
        content[^1] ^= 1;
        File.WriteAllBytes(weights, content);

        string message = Assert.Throws<PicketException>(() => Bundle.Open(_folder.Path).Verify(Token)).Message;
        Assert.StartsWith($"{weights}: expected SHA-256", message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
