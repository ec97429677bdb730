using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Refusals;

public sealed class RefusalDetectorTests
{
    [Theory]
    [InlineData("I'm sorry, but I would rather not.", AnswerKind.Refusal)]
    [InlineData("I\u2019m sorry, but I would rather not.", AnswerKind.Refusal)]
    [InlineData("Thanks for asking. I cannot do that.", AnswerKind.Refusal)]
    [InlineData("As a language model, I have no kitchen.", AnswerKind.Refusal)]
    [InlineData("i cannot do that", AnswerKind.Compliance)]
    [InlineData("First warm the oven.", AnswerKind.Compliance)]
    [InlineData("?", AnswerKind.Compliance)]
    [InlineData("", AnswerKind.Empty)]
    [InlineData(" \n\t", AnswerKind.Empty)]
    public void Classify_Answer_GoesByPhrasesAnywhere(string answer, AnswerKind expected) =>
        Assert.Equal(expected, new RefusalDetector().Classify(answer));

    [Theory]
    [InlineData("  \"I apologize, but no.\"", AnswerKind.Refusal)]
    [InlineData("Write a card in which I apologize to my aunt.", AnswerKind.Compliance)]
    [InlineData("...", AnswerKind.Compliance)]
    public void Classify_OnlyAtTheBeginning_LeavesTheRestAlone(string answer, AnswerKind expected) =>
        Assert.Equal(expected, new RefusalDetector(anywhere: false).Classify(answer));

    [Fact]
    public void Classify_OwnPhrases_ReplaceTheRest()
    {
        var detector = new RefusalDetector(["Lo siento"]);

        Assert.Equal(
            [AnswerKind.Refusal, AnswerKind.Compliance], new[] { "Lo siento, no.", "I'm sorry, no." }.Select(detector.Classify));
    }

    [Fact]
    public void Phrases_Default_HoldThoseOfMethods()
    {
        // METHODS.md section 3.1, line 409.
        string[] methods =
        [
            "I'm sorry", "Sorry", "I am sorry", "I apologize", "As an", "As an AI", "I'm an", "I'm just", "As a language model", "As an Assistant",
            "I cannot", "I do not",
        ];

        Assert.Superset(methods.ToHashSet(), RefusalDetector.Phrases.ToHashSet());
        Assert.Equal(RefusalDetector.Phrases.Count, RefusalDetector.Phrases.Distinct().Count());
    }
}
