using System.Text;

namespace Picket.Server.Tests;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\ndata: c\n\n", "a", "b\nc")]
    [InlineData("data:a\r\n\r\nevent: x\r\ndata:  b\r\n\r\n", "a", " b")]
    [InlineData("data: a\r\rdata: b\r\r", "a", "b")]
    [InlineData("\uFEFFdata: a\n\n: note\n\ndata: b", "a", null, "b")]
    [InlineData("\n\ndata\n\n", null, null, "")]
    public async Task Read_AnyLineEnds_GivesTheEventsAndAllTheirBytes(string text, params string?[] expected)
    {
        foreach (int longest in new[] { 1, 3, 1000 })
        {
            List<SseEvent> events = await ReadAsync(text, longest);

            Assert.Equal(expected.OfType<string>(), events.Select(static one => one.Data).OfType<string>());
            Assert.Equal(Encoding.UTF8.GetBytes(text), events.SelectMany(static one => one.Raw.ToArray()));
        }
    }

    [Theory]
    [InlineData("hello\n\n")]
    [InlineData("event: a long sentence\n\n")]
    [InlineData("other: 1\n\n")]
    public async Task Read_LinesOfNoEventStream_IsAFault(string text) =>
        Assert.Equal("upstream_invalid", (await Assert.ThrowsAsync<RequestFault>(() => ReadAsync(text, 7))).Code);

    [Fact]
    public async Task Read_EventBeyondTheLimit_IsAFault() =>
        await Assert.ThrowsAsync<RequestFault>(() => ReadAsync($"data: {new string('x', 40_000)}\n\n", 1000));

    private static async Task<List<SseEvent>> ReadAsync(string text, int longest)
    {
        await using var stream = new PiecesStream(Encoding.UTF8.GetBytes(text), longest, new Random(longest));
        var reader = new SseReader(new UpstreamBody(stream, TimeSpan.FromMinutes(1), TimeProvider.System), maxBytes: 2000);
        var events = new List<SseEvent>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } next)
        {
            events.Add(next);
        }

        return events;
    }
}
