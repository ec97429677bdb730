using Picket.Chat;
using Picket.Data;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class ParaphraserTests
{
    private static readonly Example[] s_rows =
    [
        .. Enumerable.Range(0, 40).Select(static i => new Example
        {
            Id = $"r{i}", Prompt = $"q{i}", Response = i % 2 == 0 ? "a" : null, Unsafe = i % 3 == 0,
        }),
    ];

    [Fact]
    public async Task RunAsync_RowsHeldOut_GetNoParaphrase()
    {
        var paraphraser = new Paraphraser(new Writer("prompt: p\nresponse: {0}"), new ParaphraseOptions { Copies = 2, HeldOutShare = 0.5 });
        (IReadOnlyList<Example> learned, IReadOnlyList<Example> heldOut) = paraphraser.Split(s_rows);

        IReadOnlyList<Example> found = await paraphraser.RunAsync(s_rows, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(learned.Count > 5 && heldOut.Count > 5);
        Assert.Equal(learned.SelectMany(static row => new[] { row.Id, row.Id }), found.Select(static row => row.ParentId));
        Assert.All(found, row => Assert.Equal(s_rows.Single(parent => parent.Id == row.ParentId).Unsafe, row.Unsafe));
    }

    [Fact]
    public async Task RunAsync_AnswersWithoutTheForm_AreDropped()
    {
        var paraphraser = new Paraphraser(new Writer("I would rather not."), new ParaphraseOptions());

        Assert.Empty(await paraphraser.RunAsync(s_rows, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("prompt: a\nb\n\nresponse: c", true, "a\nb", "c")]
    [InlineData("Sure. Prompt: a response: None", false, "a", null)]
    [InlineData("prompt: a response: b", false, null, null)]
    [InlineData("prompt: a response: None", true, null, null)]
    [InlineData("prompt: a", true, null, null)]
    public void Parse_Answer_GivesBothTextsOrNothing(string answer, bool hasResponse, string? prompt, string? response) =>
        Assert.Equal((prompt, response), ParaphrasePrompt.Parse(answer, hasResponse) is { } found ? (found.Prompt, found.Response) : (null, null));

    private sealed class Writer(string answer) : IGenerator
    {
        public GeneratorDescription Description { get; } = new("w", "chat", "here", default);

        public ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            bool none = request.Turns[0].Text.Contains("response: None\n", StringComparison.Ordinal);
            return new(new Generation(string.Format(answer, none ? "None" : "b"), GenerationFinish.Stop));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
