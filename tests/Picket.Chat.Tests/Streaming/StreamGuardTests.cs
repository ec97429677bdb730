namespace Picket.Chat.Tests;

public sealed class StreamGuardTests
{
    private static readonly StreamGuardOptions Small = new() { WindowLength = 32, Overlap = 8, ShortestStep = 8 };

    [Fact]
    public async Task PushAsync_Window_IsScoredWithThePromptAsContext()
    {
        var guard = new MarkerGuard();
        var stream = new TestedStream(guard, Small);

        GuardedDelta delta = await stream.PushAsync("Take some flour. Then");

        Assert.Equal([new GuardInput("How?", "Take some flour. ")], guard.Asked);
        Assert.Equal(new GuardedDelta("Take some", null), delta);
    }

    [Fact]
    public async Task PushAsync_AfterABlock_LetsGoOfNothingAndAsksNobody()
    {
        var guard = new MarkerGuard();
        var stream = new TestedStream(guard, Small);
        await stream.PushAsync("This is BAD enough. ");

        GuardedDelta delta = await stream.PushAsync("Take some flour. Then bake it in an oven until it is brown. ");

        Assert.Equal(("", true, 0, 1), (delta.Text, delta.Block!.Unsafe, stream.Guard.Held, guard.Asked.Count));
        Assert.Equal("GuardedDelta { Text = 0 chars, Blocked = True }", delta.ToString());
    }

    [Fact]
    public async Task FlushAsync_TextThatGoesOn_IsSeenTogetherWithWhatWent()
    {
        var guard = new MarkerGuard();
        var stream = new TestedStream(guard, Small);
        await stream.PushAsync("one BA");
        Assert.Equal("one BA", (await stream.FlushAsync()).Text);

        await stream.PushAsync("D two");

        Assert.Equal("", (await stream.FlushAsync()).Text);
        Assert.Equal("one BAD two", guard.FirstUnsafe);
    }

    [Fact]
    public async Task FlushAsync_NothingNew_AsksNobody()
    {
        var guard = new MarkerGuard();
        var stream = new TestedStream(guard, Small);
        await stream.PushAsync("Take some flour. ");
        await stream.FlushAsync();

        Assert.Equal(new GuardedDelta("", null), await stream.FlushAsync());
        Assert.Single(guard.Asked);
    }

    [Fact]
    public async Task PushAsync_ToolArguments_AreReadWithoutTheirEscapes()
    {
        var guard = new MarkerGuard();
        var stream = new TestedStream(guard, Small, GuardedPart.ToolArguments);
        await stream.PushAsync("{\"q\":\"\\u0042AD\"}");

        GuardedDelta delta = await stream.FlushAsync();

        Assert.Equal(("", GuardedPart.ToolArguments), (delta.Text, delta.Block!.Part));
    }

    [Fact]
    public async Task PushAsync_Shadow_LetsGoOfAllAndReports()
    {
        var guard = new MarkerGuard();
        var stream = new TestedStream(guard, new StreamGuardOptions { Shadow = true });

        Assert.Equal("one BAD ", (await stream.PushAsync("one BAD ")).Text);
        Assert.Equal(new GuardedDelta("", null), await stream.FlushAsync());

        Assert.True(stream.Verdict is { Unsafe: true, Windows: 1 });
        Assert.False(stream.Guard.Blocked);
    }

    [Fact]
    public void Create_OptionsOutOfRange_NamesThemAll()
    {
        var wrong = new StreamGuardOptions { WindowLength = 8, Overlap = 5, ShortestStep = 9, Step = (StreamStep)7, GuardFailure = (GuardFailure)7 };

        PicketException fault = Assert.Throws<PicketException>(() => new StreamGuard(new MarkerGuard().Cascade(), "", wrong));

        Assert.Equal(
            "stream guard: window length: expected 16 to 65536, found 8; overlap: expected 0 to half the window, found 5; "
            + "shortest step: expected 1 to the window, found 9; step: expected Sentence or FullWindow, found 7; "
            + "guard failure: expected TreatAsUnsafe or LetPass or Throw, found 7",
            fault.Message);
    }
}
