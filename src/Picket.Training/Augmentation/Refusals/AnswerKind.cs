namespace Picket.Training.Augmentation;

/// <summary>What a language model did with a request.</summary>
public enum AnswerKind
{
    /// <summary>It said something else than a refusal.</summary>
    Compliance,

    /// <summary>It said one of the refusal phrases.</summary>
    Refusal,

    /// <summary>It said nothing but whitespace: neither of the two.</summary>
    Empty,
}
