namespace Picket.Chat;

/// <summary>A chat client's guard held a text unsafe, and <see cref="GuardingOptions.Blocked"/> asks for an exception.</summary>
public sealed class GuardBlockedException : PicketException
{
    internal GuardBlockedException(ChatVerdict verdict)
        : base(Describe(verdict.Parts.First(static part => part.Unsafe))) => Verdict = verdict;

    /// <summary>What was found until then.</summary>
    public ChatVerdict Verdict { get; }

    private static string Describe(PartVerdict part) => part.Verdict is { Unsafe: true } verdict
        ? $"chat: {part.Part}: expected a safe text, found one that {verdict.DecidedBy} holds unsafe with probability "
            + $"{verdict.UnsafeProbability:0.###}"
        : $"chat: {part.Part}: expected a verdict, found {part.Fault}";
}
