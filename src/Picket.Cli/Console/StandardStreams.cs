using System.Text;

namespace Picket.Cli;

/// <summary>Where a command reads and writes, and how it may dress what it writes; tests give their own.</summary>
internal sealed class StandardStreams(Stream input, Stream output, TextWriter error)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public Stream Input { get; } = input;

    /// <summary>Unbuffered; a write to a closed pipe throws <see cref="OutputClosedException"/>.</summary>
    public Stream Output { get; } = new ClosablePipe(output);

    public TextWriter Error { get; } = error;

    /// <summary>Somebody types the input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Somebody reads the output as it comes.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Somebody watches standard error, where progress is shown.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The columns of the terminal behind standard error; <see langword="null"/> when nobody knows.</summary>
    public Func<int>? ErrorWidth { get; init; }

    /// <summary>Colour on standard output.</summary>
    public bool Coloured { get; init; }

    /// <summary>Colour on standard error.</summary>
    public bool ErrorColoured { get; init; }

    /// <summary>The process's own streams.</summary>
    public static StandardStreams OfProcess()
    {
        bool colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new StandardStreams(
            Console.OpenStandardInput(),
            StandardOutput.Open(),
            new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true })
        {
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            ErrorWidth = () => Console.WindowWidth,
            Coloured = colour && !Console.IsOutputRedirected,
            ErrorColoured = colour && !Console.IsErrorRedirected,
        };
    }

    /// <summary>A text writer on <see cref="Output"/>, which it leaves open; flush it.</summary>
    public StreamWriter OutputText() => new(Output, Utf8, leaveOpen: true);
}
