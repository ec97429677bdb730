using Picket.Testing;

namespace Picket.Chat.Tests;

public sealed class BehaviourFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task ReadAsync_IdsThatMayBeTexts_AreReplacedByRows()
    {
        IReadOnlyList<Behaviour> behaviours = await ReadAsync(
            """{"id":"short-1","prompt":"a"}""",
            """{"id":"long words of a text","prompt":"b"}""",
            """{"id":"short-1","prompt":"c"}""",
            """{"prompt":"d"}""");

        Assert.Equal(["short-1", "row-2", "row-3"], behaviours.Take(3).Select(static behaviour => behaviour.Id));
        Assert.Equal(4, behaviours.Select(static behaviour => behaviour.Id).Distinct().Count());
    }

    [Fact]
    public async Task ReadAsync_Most_TakesTheFirst() =>
        Assert.Equal("a", Assert.Single(await ReadAsync(most: 1, """{"prompt":"a"}""", """{"prompt":"b"}""")).Text);

    public void Dispose() => _folder.Dispose();

    private Task<IReadOnlyList<Behaviour>> ReadAsync(params string[] lines) => ReadAsync(null, lines);

    private async Task<IReadOnlyList<Behaviour>> ReadAsync(int? most, params string[] lines)
    {
        await File.WriteAllLinesAsync(_folder["b.jsonl"], lines, TestContext.Current.CancellationToken);
        return await BehaviourFile.ReadAsync(_folder["b.jsonl"], most: most, cancellationToken: TestContext.Current.CancellationToken);
    }
}
