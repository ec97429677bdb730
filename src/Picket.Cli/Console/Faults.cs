namespace Picket.Cli;

/// <summary>Says in one line on standard error what went wrong.</summary>
internal static class Faults
{
    /// <summary>Reports what ended a command and gives the exit status that goes with it.</summary>
    public static int Report(StandardStreams streams, Exception fault)
    {
        switch (fault)
        {
            case OutputClosedException:
                return ExitStatus.OutputClosed;
            case PicketException or IOException or UnauthorizedAccessException:
                Error(streams, fault.Message);
                break;
            default:
                // The message of a fault nobody expected may quote the text it choked on.
                Error(streams, $"unexpected {fault.GetType().Name}; set PICKET_TRACE=1 for the stack trace");
                break;
        }

        if (Environment.GetEnvironmentVariable("PICKET_TRACE") is "1")
        {
            streams.Error.WriteLine(fault);
        }

        return ExitStatus.Error;
    }

    /// <summary>Prints <c>picket: error: message</c>.</summary>
    public static void Error(StandardStreams streams, string message)
    {
        string line = message.ReplaceLineEndings(" ");
        streams.Error.WriteLine(streams.ErrorColoured ? $"picket: \e[1;31merror:\e[0m {line}" : $"picket: error: {line}");
    }
}
