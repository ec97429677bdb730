namespace Picket;

/// <summary>
/// A fault of input, configuration or environment, as against a fault of the program: its message is one line that says where
/// (file, line, field), what was found and what was expected, and never quotes the text of a prompt or response.
/// </summary>
public class PicketException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PicketException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
