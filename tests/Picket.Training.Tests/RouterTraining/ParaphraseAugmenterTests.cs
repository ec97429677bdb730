using Picket.Chat;
using Picket.Data;
using Picket.Testing;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class ParaphraseAugmenterTests : IDisposable
{
    private static readonly Example[] s_rows =
    [
        .. Enumerable.Range(0, 40).Select(static i => new Example
        {
            Id = $"r{i}", Prompt = $"q{i}", Response = i % 2 == 0 ? "a" : null, Unsafe = i % 3 == 0,
        }),
    ];

    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task RunAsync_RowsHeldOut_GetNoParaphrase()
    {
        var paraphraser = new ParaphraseAugmenter(new Writer("prompt: p\nresponse: {0}"), new ParaphraseOptions { Copies = 2, HeldOutShare = 0.5 });
        (IReadOnlyList<Example> learned, IReadOnlyList<Example> heldOut) = paraphraser.Split(s_rows);

        (ParaphraseCounts counts, Example[] found) = await RunAsync(paraphraser);

        Assert.Equal(new ParaphraseCounts(40, heldOut.Count, 2 * learned.Count, 2 * learned.Count), counts);
        Assert.True(learned.Count > 5 && heldOut.Count > 5);
        Example[] made = [.. found.Where(static row => row.ParentId is not null)];
        Assert.Equal(learned.SelectMany(static row => new[] { row.Id, row.Id }), made.Select(static row => row.ParentId));
        Assert.All(made, row => Assert.Equal(s_rows.Single(parent => parent.Id == row.ParentId).Unsafe, row.Unsafe));
        Assert.Equal(s_rows.Length, RouteLabeller.Groups(found).Distinct().Count());
    }

    [Fact]
    public async Task RunAsync_AnswersWithoutTheForm_AreDropped()
    {
        (ParaphraseCounts counts, Example[] found) = await RunAsync(new ParaphraseAugmenter(new Writer("I would rather not."), new ParaphraseOptions()));

        Assert.Equal((0, s_rows.Length), (counts.Kept, found.Length));
    }

    [Fact]
    public async Task RunAsync_AfterAFailure_AsksOnlyForWhatIsMissing()
    {
        var options = new ParaphraseOptions { Copies = 1, HeldOutShare = 0, Concurrency = 1 };
        await Assert.ThrowsAsync<PicketException>(() => RunAsync(new ParaphraseAugmenter(new Writer("prompt: p\nresponse: {0}", failsFrom: 11), options)));
        var again = new Writer("prompt: p\nresponse: {0}");

        (ParaphraseCounts counts, _) = await RunAsync(new ParaphraseAugmenter(again, options));

        Assert.Equal((40, 30), (counts.Kept, again.Asked));
        Assert.False(File.Exists(_folder["p.jsonl.journal"]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("prompt: a\nb\n\nresponse: c", true, "a\nb", "c")]
    [InlineData("Sure. Prompt: a response: None", false, "a", null)]
    [InlineData("prompt: a response: b", false, null, null)]
    [InlineData("prompt: a response: None", true, null, null)]
    [InlineData("prompt: a", true, null, null)]
    public void Parse_Answer_GivesBothTextsOrNothing(string answer, bool hasResponse, string? prompt, string? response) =>
        Assert.Equal((prompt, response), ParaphrasePrompt.Parse(answer, hasResponse) is { } found ? (found.Prompt, found.Response) : (null, null));

    private async Task<(ParaphraseCounts Counts, Example[] Rows)> RunAsync(ParaphraseAugmenter paraphraser)
    {
        ParaphraseCounts counts = await paraphraser.RunAsync(s_rows, _folder["p.jsonl"], cancellationToken: TestContext.Current.CancellationToken);
        var rows = new List<Example>();
        await foreach (Example row in ExampleReader.ReadAsync(_folder["p.jsonl"], cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return (counts, [.. rows]);
    }

    private sealed class Writer(string answer, int failsFrom = int.MaxValue) : IGenerator
    {
        public int Asked { get; private set; }

        public GeneratorDescription Description { get; } = new("w", "chat", "here", default);

        public ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        {
            if (++Asked >= failsFrom)
            {
                throw new PicketException("here: gone");
            }

            bool none = request.Turns[0].Text.Contains("response: None\n", StringComparison.Ordinal);
            return new(new Generation(string.Format(answer, none ? "None" : "b"), GenerationFinish.Stop));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
