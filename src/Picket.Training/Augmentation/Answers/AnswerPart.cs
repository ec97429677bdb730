namespace Picket.Training.Augmentation;

/// <summary>What an answer is for, as journals and reports name it.</summary>
internal static class AnswerPart
{
    public const string Instruction = "instruction";

    /// <summary>The response of the model that refuses.</summary>
    public const string Refusing = "refusing";

    /// <summary>The response of the model that complies.</summary>
    public const string Complying = "complying";

    /// <summary>Of a router's training row; no part of an augmentation.</summary>
    public const string Paraphrase = "paraphrase";

    public static IReadOnlyList<string> All { get; } = [Instruction, Refusing, Complying];

    public static IReadOnlyList<string> Responses { get; } = [Refusing, Complying];

    /// <summary>The part's place among <see cref="All"/>.</summary>
    public static int NumberOf(string part) => part switch { Instruction => 0, Refusing => 1, _ => 2 };
}
