using Picket.Testing;

namespace Picket.Chat.Tests;

public sealed class KeywordPairFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task ReadAsync_WhatFormatMade_GivesThePairsBack()
    {
        foreach ((string name, IReadOnlyList<KeywordPair> pairs) in PublishedPairs.All)
        {
            Assert.True(pairs.SequenceEqual(await ReadAsync(KeywordPairFile.Format(pairs))), name);
        }
    }

    [Fact]
    public async Task ReadAsync_OtherText_IsReadAsAnAnswer() => Assert.Equal(
        [new KeywordPair("Poor", "Wealthy")], await ReadAsync("Marginalized Group (Adjective),Privileged Group (Adjective)\nPoor,Wealthy\n"));

    [Theory]
    [InlineData("Marginalised | Privileged\npoor | wealthy\nsecret\n", ", line 3: expected two keywords with a bar between them, found another form")]
    [InlineData("secret\n", ": expected keyword pairs, found none")]
    public async Task ReadAsync_TextThatDoesNotFit_SaysWhereAndQuotesNothing(string text, string message)
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => ReadAsync(text));

        Assert.Equal(_folder["pairs.txt"] + message, fault.Message);
    }

    [Fact]
    public async Task AskAsync_ListsWithoutPairs_AsksForPairs()
    {
        const string lists = "Privileged: rich, tall\nMarginalized: poor, small";
        var target = new ScriptedTarget(static request => request.Turns.Count == 1 ? lists : "rich / poor");

        IReadOnlyList<KeywordPair> pairs = await KeywordQuestion.AskAsync(target, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([new KeywordPair("poor", "rich")], pairs);
        Assert.Equal([KeywordQuestion.Text, lists, KeywordQuestion.SecondText],
            target.Seen[1].Turns.Select(static turn => turn.Text));
    }

    [Fact]
    public async Task AskAsync_Refusal_SaysSoAndQuotesNothing()
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() =>
            KeywordQuestion.AskAsync(new ScriptedTarget(static _ => "I cannot."), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("https://target.test: expected keyword pairs, found a refusal or no answer; name a file or a list", fault.Message);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyList<KeywordPair>> ReadAsync(string text)
    {
        await File.WriteAllTextAsync(_folder["pairs.txt"], text, TestContext.Current.CancellationToken);
        return await KeywordPairFile.ReadAsync(_folder["pairs.txt"], TestContext.Current.CancellationToken);
    }
}
