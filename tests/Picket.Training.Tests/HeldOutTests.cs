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

    [Theory]
    [InlineData(0.01, 0.05)]
    [InlineData(0.05, 0.1)]
    [InlineData(0.1, 0.5)]
    public void Has_LargerShare_HoldsOutWhatTheSmallerDoes(double small, double large)
    {
        string[] texts = [.. Enumerable.Range(0, 20_000).Select(static i => $"text {i}")];

        Assert.All(texts.Where(text => HeldOut.Has(text, small)), text => Assert.True(HeldOut.Has(text, large)));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void Fold_HeldOutTexts_FallIntoPartsOfOneSize(double share)
    {
        string[] texts = [.. Enumerable.Range(0, 40_000).Select(static i => $"text {i}").Where(text => HeldOut.Has(text, share))];

        ILookup<int, string> folds = texts.ToLookup(static text => HeldOut.Fold(text, 5));

        Assert.Equal([0, 1, 2, 3, 4], folds.Select(static fold => fold.Key).Order());
        Assert.All(folds, fold => Assert.InRange(fold.Count(), texts.Length * 0.17, texts.Length * 0.23));
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
