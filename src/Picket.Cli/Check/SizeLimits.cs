namespace Picket.Cli;

internal static class SizeLimits
{
    /// <summary>The longest text or row, in bytes.</summary>
    public const int Text = 64 << 20;

    public const string TextInWords = "64 MB";

    /// <summary>What one read asks for, and so the common size of a block: about a thousand short prompts.</summary>
    public const int Block = 128 << 10;
}
