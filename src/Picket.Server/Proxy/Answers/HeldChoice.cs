using Picket.Chat;

namespace Picket.Server;

/// <summary>What an event of a stream has of one choice, and what must have been let go before it may leave.</summary>
internal sealed record HeldChoice(StreamedChoice Choice, IReadOnlyList<(StreamGuard Guard, long Length)> Needs)
{
    private bool IsNever { get; init; }

    /// <summary>Whether it may leave.</summary>
    public bool IsSafe => !IsNever && Needs.All(static need => need.Guard.Released >= need.Length);

    /// <summary>Whether it never will.</summary>
    public bool IsLost => !IsSafe && (IsNever || Choice.Blocked);

    /// <summary>What comes after a block.</summary>
    public static HeldChoice Never(StreamedChoice choice) => new(choice, []) { IsNever = true };
}
