using Picket.Models.DebertaV2;
using Picket.Training.DebertaV2;

namespace Picket.Training.Tests.DebertaV2;

public sealed class StudentStartTests : IDisposable
{
    private readonly TinyStudent _tiny = new();

    private StudentOptions Options => _tiny.Options.Student;

    [Fact]
    public void Open_ConfigFile_HasItsShapeAndTheTokenizerBesideIt()
    {
        var start = StudentStart.Open(Options);

        Assert.Null(start.Weights);
        Assert.Equal((32, 64, true), (start.Tokenizer.VocabularySize, start.MaxTokens, start.Normalise));
    }

    [Fact]
    public void Open_LongerInputs_StretchThePositions()
    {
        var start = StudentStart.Open(Options with { MaxTokens = 100 });

        Assert.Equal((100, 100, 100), (start.MaxTokens, start.Config.MaxPositions, start.Config.MaxRelativePositions));
    }

    [Fact]
    public void Open_TokenizerWithIdsBeyondTheTable_SaysBothSizes()
    {
        string path = _tiny["wide/tokenizer.json"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        TinyStudent.WriteTokenizer(path, Enumerable.Range(0, 50).Select(static i => $"word{i}"));

        Assert.Equal(
            $"{path}: expected at most vocab_size of config.json, 40 tokens, found 56",
            Assert.Throws<PicketException>(() => StudentStart.Open(Options with { Tokenizer = path })).Message);
    }

    [Fact]
    public void Open_NoTokenizer_SaysWhereItWasLookedFor()
    {
        File.Delete(_tiny.Tokenizer);

        string message = Assert.Throws<PicketException>(() => StudentStart.Open(Options)).Message;

        Assert.Contains("expected a tokenizer, spm.model or tokenizer.json, found none", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WeightsOfAMuchLargerVocabulary_RefusesTheTokenizer()
    {
        File.WriteAllBytes(_tiny.Config, DebertaV2ConfigWriter.Write(TinyStudent.Shape with { VocabSize = 8000 }));

        string message = Assert.Throws<PicketException>(() => StudentStart.Open(Options with { From = _tiny["start"] })).Message;

        Assert.Contains("expected the tokenizer of the weights in", message, StringComparison.Ordinal);
        Assert.Contains("8000 rows of tokens, found one of 32", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherPiecesThanTheWeightsWereTrainedWith_AreRefused()
    {
        File.WriteAllBytes(_tiny.Config, DebertaV2ConfigWriter.Write(TinyStudent.Shape with { VocabSize = 32 }));
        string path = _tiny["other.json"];
        TinyStudent.WriteTokenizer(path, Enumerable.Range(0, 26).Select(static i => $"word{i}"));

        string message = Assert.Throws<PicketException>(
            () => StudentStart.Open(Options with { From = _tiny["start"], Tokenizer = path })).Message;

        Assert.EndsWith("which the weights were trained with, found another piece 5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingThere_SaysWhatWasExpected()
    {
        string path = _tiny["nowhere"];

        Assert.Equal(
            $"{path}: expected a folder of Hugging Face's or a config.json, found neither",
            Assert.Throws<PicketException>(() => StudentStart.Open(Options with { From = path })).Message);
    }

    public void Dispose() => _tiny.Dispose();
}
