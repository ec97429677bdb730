using Microsoft.Win32.SafeHandles;

namespace Picket.Cli;

internal static class StandardOutput
{
    /// <summary>Standard output, such that a write to a closed pipe fails.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        // The console's stream swallows EPIPE, and a gigabyte would be scored for a `head -1` that has gone.
        // A file stream reports it, but keeps a position of its own in a regular file, which a process writing next would overwrite.
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
