using Picket.Testing;

namespace Picket.Chat.Tests;

public sealed class GuardDecisionTests
{
    private static readonly DecisionWords LlamaGuard = new("safe", "unsafe");

    private static readonly DecisionWords Qwen = new("Safe", "Unsafe", "Controversial", TokenMatch.Beginning);

    // METHODS.md section 2.1: p(c=1) = e^{z1}/(e^{z0}+e^{z1}); section 1.4: exp(log_softmax(logits)[unsafe_id]).
    [Theory]
    [InlineData(2.0, 1.0, -3.0)]
    [InlineData(-4.5, 6.25, 0.0)]
    [InlineData(30.0, -30.0, 1.0)]
    public void OfTokens_Logits_GiveBothFormulas(double safe, double @unsafe, double other)
    {
        double all = Math.Log(Math.Exp(safe) + Math.Exp(@unsafe) + Math.Exp(other));
        TokenChoice[] tokens = [Token("unsafe", ("safe", safe - all), ("unsafe", @unsafe - all), ("I", other - all))];

        Assert.Equal(Math.Exp(@unsafe) / (Math.Exp(safe) + Math.Exp(@unsafe)), TwoWay(tokens), 1e-9);
        Assert.Equal(
            Math.Exp(@unsafe) / (Math.Exp(safe) + Math.Exp(@unsafe) + Math.Exp(other)),
            GuardDecision.OfTokens(tokens, "", LlamaGuard, new ChatGuardOptions { Probability = GuardProbability.FullVocabulary })!.Value,
            1e-9);
    }

    // The lines that the formulas above were taken from; HarmAug's teacher is the second.
    [Theory]
    [InlineData("two-way softmax over the logits of the safe and unsafe token, p(c=1) = e^{z1}/(e^{z0}+e^{z1})")]
    [InlineData("score = P(next token = \"unsafe\") from the **full-vocabulary** softmax (HarmAug code: `exp(log_softmax(logits)[unsafe_id])`)")]
    public void OfTokens_Formulas_AreThoseThatMethodsQuotes(string quoted) =>
        Assert.Single(File.ReadAllLines(SharedFolder.Require("METHODS.md")), line => line.Contains(quoted, StringComparison.Ordinal));

    [Fact]
    public void OfTokens_WhiteSpaceFirst_ReadsTheFirstTokenWithText() => Assert.Equal(
        0.75, TwoWay(Token("\n\n", ("\n\n", 0), ("unsafe", -20)), Token("unsafe", ("unsafe", Math.Log(0.6)), ("safe", Math.Log(0.2)))), 1e-9);

    [Theory]
    [InlineData("unsafe", 1)]
    [InlineData("safe", 0)]
    public void OfTokens_OneWordLikely_CountsTheOtherAsImpossible(string word, double expected) =>
        Assert.Equal(expected, TwoWay(Token(word, (word, Math.Log(0.4)))), 1e-9);

    [Fact]
    public void OfTokens_ExactMatch_LeavesOtherFormsOut() => Assert.Equal(
        0.5, TwoWay(Token("safe", ("safe", -1), ("unsafe", -1), (" unsafe", -1), ("Unsafe", -1))), 1e-9);

    [Fact]
    public void OfTokens_NoWordOrNoTokens_IsNone()
    {
        Assert.Null(GuardDecision.OfTokens([], "", LlamaGuard, new ChatGuardOptions()));
        Assert.Null(GuardDecision.OfTokens([Token("I", ("I", -0.1))], "", LlamaGuard, new ChatGuardOptions()));
    }

    // IBM's get_probabilities adds up the forms of a word before the softmax.
    [Fact]
    public void OfTokens_AnyForm_AddsTheFormsUp()
    {
        var words = new DecisionWords("No", "Yes", Match: TokenMatch.AnyForm);
        TokenChoice token = Token("No", ("No", Math.Log(0.4)), (" no", Math.Log(0.1)), ("Yes", Math.Log(0.2)), ("yes", Math.Log(0.05)));

        Assert.Equal(0.25 / 0.75, GuardDecision.OfTokens([token], "", words, new ChatGuardOptions())!.Value, 1e-9);
    }

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(false, 0.1)]
    public void OfTokens_WordsInPieces_AreToldByTheirBeginning(bool strict, double expected)
    {
        TokenChoice[] tokens =
        [
            Token("Safety"), Token(":"),
            Token(" Safe", (" Safe", Math.Log(0.5)), (" Cont", Math.Log(0.4)), (" Uns", Math.Log(0.1)), (" ", Math.Log(1e-3))),
        ];

        double? actual = GuardDecision.OfTokens(tokens, "Safety:", Qwen, new ChatGuardOptions { ControversialIsUnsafe = strict });

        Assert.Equal(expected, actual!.Value, 1e-9);
    }

    [Theory]
    [InlineData("Harmful", "request", ":", "yes")]
    [InlineData("\u2581Harmful", "\u2581request", ":", "\u2581yes")]
    [InlineData("\u010AHarmful", "\u0120request", ":", "\u0120yes")]
    public void OfTokens_SignsForSpaces_AreReadOver(string first, string second, string third, string word)
    {
        var words = new DecisionWords("no", "yes", Match: TokenMatch.AnyForm);
        TokenChoice[] tokens = [Token(first), Token(second), Token(third), Token(word, (word, Math.Log(0.6)), ("no", Math.Log(0.2)))];

        Assert.Equal(0.75, GuardDecision.OfTokens(tokens, "Harmful request:", words, new ChatGuardOptions())!.Value, 1e-9);
    }

    [Theory]
    [InlineData("unsafe\nS1", "", true)]
    [InlineData("\n\nsafe", "", false)]
    [InlineData("Unsafe.", "", true)]
    [InlineData("I cannot say", "", null)]
    [InlineData("unsafely", "", null)]
    [InlineData("Harmful request: yes\nHarmful response: unsafe", "Harmful response:", true)]
    [InlineData("unsafe", "Safety:", null)]
    public void OfText_Answer_GivesItsSide(string text, string marker, bool? expected) =>
        Assert.Equal(expected, GuardDecision.OfText(text, marker, LlamaGuard, new ChatGuardOptions()));

    private static TokenChoice Token(string text, params (string, double)[] likeliest) => new(text, likeliest);

    private static double TwoWay(params TokenChoice[] tokens) =>
        GuardDecision.OfTokens(tokens, "", LlamaGuard, new ChatGuardOptions())!.Value;
}
