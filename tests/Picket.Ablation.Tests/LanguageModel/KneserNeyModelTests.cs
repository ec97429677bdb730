namespace Picket.Ablation.Tests;

public sealed class KneserNeyModelTests
{
    private static readonly string[] s_texts = MildTexts.Draw(60, seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Predict_AnyHistory_SumsToOne(int order)
    {
        var model = new KneserNeyModel(s_texts, order);
        foreach (int[] history in Histories(model))
        {
            double[] found = Predict(model, history);

            Assert.Equal(1, found.Sum(), 1e-12);
            Assert.Equal(0, found[Vocabulary.Start]);
            Assert.All(found[1..], static probability => Assert.True(probability > 0));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Predict_AnyHistory_EqualsTheDefinition(int order)
    {
        var model = new KneserNeyModel(s_texts, order);
        var slow = new SlowKneserNey(s_texts, order);
        foreach (int[] history in Histories(model))
        {
            double[] found = Predict(model, history);
            string[] words = [.. history.TakeLast(order - 1).Select(piece => Name(model, piece))];
            foreach (int next in Enumerable.Range(1, 40).Where(next => next != Vocabulary.Unknown && next < model.Vocabulary.Count))
            {
                Assert.Equal(slow.Of(words, Name(model, next)), found[next], 1e-12);
            }
        }
    }

    [Fact]
    public void Predict_WordThatFollowsOneWordAlone_IsUnlikelyElsewhere()
    {
        string[] texts = [.. Enumerable.Repeat("a pot of green tea", 9), "my cake", "his cake", "her cake", "our cake"];
        var model = new KneserNeyModel(texts, 2);

        double[] found = Predict(model, [Vocabulary.Unknown]);

        Assert.True(found[model.Vocabulary.Of(" cake")] > 2 * found[model.Vocabulary.Of(" tea")]);
    }

    [Fact]
    public void Constructor_NoText_IsRefused() => Assert.Throws<PicketException>(static () => new KneserNeyModel([], 3));

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Constructor_OrderOutOfRange_IsRefused(int order) => Assert.Throws<PicketException>(() => new KneserNeyModel(s_texts, order));

    private static IEnumerable<int[]> Histories(KneserNeyModel model)
    {
        yield return [Vocabulary.Start];
        yield return [Vocabulary.Unknown, Vocabulary.Unknown];
        foreach (string text in s_texts.Take(5))
        {
            int[] pieces = [Vocabulary.Start, .. Pieces.Of(text).Select(model.Vocabulary.Of)];
            yield return pieces[..2];
            yield return pieces[..^2];
            yield return [pieces[^1], pieces[2], pieces[3]];
        }
    }

    private static double[] Predict(KneserNeyModel model, int[] history)
    {
        double[] found = new double[model.Vocabulary.Count];
        model.Predict(history, found);
        return found;
    }

    private static string Name(KneserNeyModel model, int piece) => piece switch
    {
        Vocabulary.Start => "<s>",
        Vocabulary.End => "</s>",
        _ => model.Vocabulary[piece],
    };
}
