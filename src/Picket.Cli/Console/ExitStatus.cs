namespace Picket.Cli;

/// <summary>What the process says when it ends.</summary>
internal static class ExitStatus
{
    public const int Success = 0;

    /// <summary>At least one input is unsafe.</summary>
    public const int Unsafe = 1;

    public const int Error = 2;

    /// <summary>Ctrl+C: 128 and the signal's number, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads standard output any more: 128 and the number of SIGPIPE.</summary>
    public const int OutputClosed = 141;
}
