using Picket.Chat;

namespace Picket.Ablation.Tests;

public sealed class ModelWriterTests
{
    private static readonly GenerationRequest s_request = new([new ChatTurn(ChatSpeaker.User, "Go on.")]) { Seed = 5 };
    private readonly ModelWriter _writer = new(new KneserNeyModel([.. MildTexts.Draw(200, seed: 2), "The tallest trees are larches."], 4));

    [Fact]
    public void Continue_SameSeed_GivesTheSameText()
    {
        Generation found = _writer.Continue("How do I", s_request);

        Assert.NotEmpty(found.Text);
        Assert.Equal(found, _writer.Continue("How do I", s_request));
    }

    [Fact]
    public void Continue_OtherSeeds_GiveOtherTexts() =>
        Assert.True(Enumerable.Range(0, 20).Select(seed => _writer.Continue("", s_request with { Seed = seed }).Text).Distinct().Count() > 5);

    [Fact]
    public void Continue_WordThatIsCut_IsFinishedFirst()
    {
        Generation found = _writer.Continue("Seven owls say the tallest trees are lar", s_request with { Temperature = 0 });

        Assert.Equal("ches.", found.Text);
        Assert.Equal(GenerationFinish.Stop, found.Finish);
    }

    [Fact]
    public void Continue_MostTokens_EndsWithLength()
    {
        Generation found = _writer.Continue("Tell me", s_request with { MaxTokens = 2, Temperature = 0 });

        Assert.Equal(" how to", found.Text);
        Assert.Equal(GenerationFinish.Length, found.Finish);
        Assert.Equal(new TokenUsage(3, 2), found.Usage);
    }

    [Fact]
    public void Continue_StopText_EndsBeforeIt() =>
        Assert.Equal(" how", _writer.Continue("Tell me", s_request with { Stop = [" to"], Temperature = 0 }).Text);
}
