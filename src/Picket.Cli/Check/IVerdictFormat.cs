using System.Buffers;

namespace Picket.Cli;

/// <summary>Writes one verdict as one line of UTF-8. Safe to call from several threads at once.</summary>
internal interface IVerdictFormat
{
    /// <summary>Writes the line.</summary>
    /// <param name="verdict">What became of the input.</param>
    /// <param name="row">The row it came from; <see langword="null"/> when there is but one input.</param>
    /// <param name="output">Gets the line with its end.</param>
    void Write(Verdict verdict, RowName? row, IBufferWriter<byte> output);
}

/// <summary>How a result names its row.</summary>
/// <param name="Line">Counted from one.</param>
/// <param name="Id">The row's own, if it has one.</param>
internal readonly record struct RowName(long Line, string? Id);
