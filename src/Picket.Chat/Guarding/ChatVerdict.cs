using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>What the guard around a chat client found in one call. Holds no text.</summary>
/// <param name="Parts">One a text that was checked: the prompt's first, then the answer's in the order in which its messages began.</param>
/// <param name="Shadow">Nothing was blocked, whatever was found.</param>
public sealed record ChatVerdict(IReadOnlyList<PartVerdict> Parts, bool Shadow)
{
    /// <summary>
    /// Where it stands in the additional properties of a <see cref="ChatResponse"/> and of the last <see cref="ChatResponseUpdate"/> of a stream.
    /// </summary>
    public const string Key = "picket.verdict";

    /// <summary>Whether a text is held unsafe.</summary>
    public bool Unsafe => Parts.Any(static part => part.Unsafe);

    /// <summary>Whether something was kept from the model or from the caller.</summary>
    public bool Blocked => Unsafe && !Shadow;

    /// <summary>Windows that went through without a verdict because a guard failed.</summary>
    public int Bypassed => Parts.Sum(static part => part.Bypassed);

    /// <summary>Contents within the scope that hold no text a guard could read (images, sound, files) and that went through.</summary>
    public int Unscored { get; init; }
}
