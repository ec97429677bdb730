using Picket.Data;
using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.Tests.DebertaV2;

namespace Picket.Training.Tests.Distillation;

public sealed class LabelledRowsTests : IDisposable
{
    private const int Cls = 1;
    private const int Sep = 2;
    private const int Rain = 5;
    private const int Soup = 14;
    private readonly TinyStudent _tiny = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, new[] { Cls, Rain, Rain, Sep })]
    [InlineData("", new[] { Cls, Rain, Rain, Sep, Sep })]
    [InlineData("soup", new[] { Cls, Rain, Rain, Sep, Soup, Sep })]
    public void Create_Texts_AreEncodedAsTheEngineDoes(string? response, int[] tokens) =>
        Assert.Equal(tokens, Row(_tiny.Options, "rain rain", response));

    [Fact]
    public void Create_EmptyResponseAsPair_EncodesAsHarmAugTrains() =>
        Assert.Equal([Cls, Rain, Sep, Sep], Row(_tiny.Options with { EmptyResponseAsPair = true }, "rain", null));

    [Fact]
    public void Create_LongTexts_AreCutLongestFirst()
    {
        DistilOptions options = _tiny.Options with { Student = _tiny.Options.Student with { MaxTokens = 9 } };

        Assert.Equal([Cls, Rain, Rain, Rain, Rain, Rain, Sep, Soup, Sep], Row(options, Repeat("rain", 30), "soup"));
        Assert.Equal([Cls, .. Enumerable.Repeat(Rain, 7), Sep], Row(options, Repeat("rain", 30), null));
    }

    [Theory]
    [InlineData(null, Rain)]
    [InlineData(true, Rain)]
    [InlineData(false, 3)]
    public void Create_SpelledOutWord_IsNormalisedUnlessTold(bool? normalise, int token) =>
        Assert.Equal(token, Row(_tiny.Options with { Normalise = normalise }, "r a i n", null)[^2]);

    [Theory]
    [InlineData(true, 0.8, 1.0, 0.0, true)]
    [InlineData(false, 0.8, 0.5, 0.0, false)]
    [InlineData(null, 0.8, 1.0, 0.0, true)]
    [InlineData(null, 0.5, 1.0, 0.0, true)]
    [InlineData(null, 0.3, 0.0, 0.0, false)]
    [InlineData(true, null, 1.0, 0.0, true)]
    public void Target_HardTeacher_MixesLabels(bool? label, double? probability, double target, double constant, bool isUnsafe) =>
        Assert.Equal((target, constant, isUnsafe), Create(_tiny.Options).Target(label, probability));

    [Fact]
    public void Target_SoftTeacher_MakesTheLossOfTheMethod()
    {
        const double P = 0.8;
        const double Q = 0.35;
        DistilOptions options = _tiny.Options with { HardTeacher = false, Lambda = 0.3 };

        (double target, double constant, _) = Create(options).Target(label: false, P);

        double divergence = (P * Math.Log(P / Q)) + ((1 - P) * Math.Log((1 - P) / (1 - Q)));
        double loss = -(target * Math.Log(Q)) - ((1 - target) * Math.Log(1 - Q)) - constant;
        Assert.Equal((0.7 * divergence) - (0.3 * Math.Log(1 - Q)), loss, 1e-12);
    }

    [Theory]
    [InlineData(0.8, 2.0, 2.0 / 3)]
    [InlineData(0.0, 3.0, 0.0)]
    [InlineData(1.0, 3.0, 1.0)]
    public void Target_Temperature_DividesTheTeachersLogit(double probability, double temperature, double expected)
    {
        DistilOptions options = _tiny.Options with { HardTeacher = false, Lambda = 0, Temperature = temperature };

        Assert.Equal(expected, Create(options).Target(label: null, probability).Target, 1e-12);
    }

    [Fact]
    public void Create_NeitherLabelNorProbability_NamesTheRowAndCountsTheOthers()
    {
        Example[] rows = [Labelled("a"), new Example { Id = "b:2", Prompt = "some" }, new Example { Id = "b:3", Prompt = "more" }];

        Assert.Equal(
            "example b:2, fields \"unsafe\" and \"unsafe_probability\": expected a label, a teacher's probability or both, found neither, "
            + "as in 1 more of 3",
            Assert.Throws<PicketException>(() => Create(_tiny.Options).Create(rows, 1, Token)).Message);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Create_ProbabilityOutOfRange_NamesTheRow(double probability)
    {
        Example[] rows = [Labelled("a") with { UnsafeProbability = probability }];

        Assert.StartsWith(
            "example a, field \"unsafe_probability\": expected a number from 0 to 1, found ",
            Assert.Throws<PicketException>(() => Create(_tiny.Options).Create(rows, 1, Token)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _tiny.Dispose();

    private static Example Labelled(string id) => new() { Id = id, Prompt = "rain", Unsafe = false };

    private static string Repeat(string word, int count) => string.Join(' ', Enumerable.Repeat(word, count));

    private static LabelledRows Create(DistilOptions options) => new(options, StudentStart.Open(options.Student));

    private static int[] Row(DistilOptions options, string prompt, string? response) =>
        Create(options).Create([new Example { Id = "a", Prompt = prompt, Response = response, Unsafe = true }], 2, Token)[0].Tokens;
}
