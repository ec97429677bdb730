using Picket.Data;

namespace Picket.Training.Tests;

public sealed class HeldOutTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void Has_ManyTexts_IsTrueOfTheShare(double share)
    {
        int count = Enumerable.Range(0, 20_000).Count(i => HeldOut.Has($"text {i}", share));

        Assert.InRange(count / 20_000.0, share - 0.01, share + 0.01);
    }

    [Fact]
    public void Split_OneClassHeldOut_SaysWhichPartLacksIt()
    {
        Example[] examples = [.. Enumerable.Range(0, 200).Select(static i => new Example { Id = $"{i}", Prompt = $"text {i}" })];

        string message = Assert.Throws<PicketException>(
            () => HeldOut.Split(examples, examples, static example => !HeldOut.Has(example.Prompt, 0.2) && example.Id.Length == 2, 0.2)).Message;

        Assert.Equal("expected safe and unsafe rows in the held-out share of 0.2 of 200 rows, found one class; give more data", message);
    }
}
