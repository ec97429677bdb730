using System.Buffers;

namespace Picket.Cli;

/// <summary>What one block of lines came to, ready to be written.</summary>
internal sealed class CheckedBlock
{
    /// <summary>The result lines, in order.</summary>
    public ArrayBufferWriter<byte> Output { get; } = new(16 << 10);

    /// <summary>A message for each bad line, in order.</summary>
    public List<string> Faults { get; } = [];

    public bool AnyUnsafe { get; set; }
}
