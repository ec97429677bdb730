namespace Picket.Chat.Tests;

public sealed class StreamGuardPropertyTests
{
    private const int Runs = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task PushAsync_AnyTextInAnyPieces_LetsGoOfNoUnitOfAnUnsafeWindow(int longestPiece)
    {
        for (int seed = 0; seed < Runs; seed++)
        {
            var run = new StreamRun(seed);

            await run.RunAsync(longestPiece);

            string released = run.Released.ToString();
            Assert.StartsWith(released, run.Text, StringComparison.Ordinal);
            Assert.Equal(run.IsUnsafe, run.Block is { Unsafe: true, Verdict.UnsafeProbability: 0.9 });
            Assert.StartsWith(run.Guard.FirstUnsafe ?? "", run.Text[released.Length..], StringComparison.Ordinal);
            Assert.True(run.IsUnsafe || released.Length == run.Text.Length, $"seed {seed}: {released.Length} of {run.Text.Length}");
        }
    }

    [Fact]
    public async Task PushAsync_AnyText_HoldsLessThanAWindowAndEndsInNoPair()
    {
        for (int seed = 0; seed < Runs; seed++)
        {
            var run = new StreamRun(seed);
            int pushed = 0;
            await run.RunAsync(1, (stream, released) =>
            {
                pushed++;
                Assert.InRange(stream.Held, 0, run.Options.WindowLength - 1);
                Assert.Equal(released.Length, stream.Released);
                Assert.True(stream.Blocked || released.Length > 0 || pushed < run.Options.WindowLength, $"seed {seed}: nothing left in a window");
                Assert.False(released.Length > 0 && char.IsSurrogatePair(run.Text, released.Length - 1), $"seed {seed}: a split pair");
            });
        }
    }

    [Fact]
    public async Task PushAsync_OtherPieces_SameWindowsAndSameText()
    {
        for (int seed = 0; seed < Runs; seed++)
        {
            var run = new StreamRun(seed);
            await run.RunAsync(1);
            (string released, string[] windows) = (run.Released.ToString(), [.. run.Guard.Judged]);

            await run.RunAsync(1000);

            Assert.Equal(released, run.Released.ToString());
            Assert.Equal(windows, run.Guard.Judged.Take(windows.Length));
        }
    }
}
