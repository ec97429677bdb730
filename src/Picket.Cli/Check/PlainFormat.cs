using System.Buffers;
using System.Text;

namespace Picket.Cli;

/// <summary>Verdict, probability, a bar where somebody looks, the deciding guard, and what is worth a remark.</summary>
internal sealed class PlainFormat(bool bar, bool coloured, bool explain = false) : IVerdictFormat
{
    private const int BarWidth = 20;

    public void Write(Verdict verdict, RowName? row, IBufferWriter<byte> output)
    {
        var line = new StringBuilder(128);
        string colour = coloured ? verdict.Unsafe ? "\e[31m" : "\e[32m" : "";
        line.Append(colour).Append(verdict.Unsafe ? "unsafe" : "safe  ").Append(coloured ? "\e[0m" : "");
        line.Append($"  {verdict.UnsafeProbability:0.000}  ");
        if (bar)
        {
            int full = (int)Math.Round(verdict.UnsafeProbability * BarWidth);
            line.Append(colour).Append('━', full).Append(coloured ? "\e[0;90m" : "").Append(coloured ? '━' : '─', BarWidth - full)
                .Append(coloured ? "\e[0m" : "").Append("  ");
        }

        line.Append(verdict.DecidedBy);
        if (verdict.Windows > 1)
        {
            line.Append($"  {verdict.Windows} windows");
        }

        if (verdict.Degraded)
        {
            line.Append("  degraded");
        }

        if (row is { } name)
        {
            line.Append("  ");
            AppendName(line, name);
        }

        line.Append('\n');
        foreach (RouteDecision route in explain ? RouteText.Routes(verdict) : [])
        {
            line.Append("  ").Append(RouteText.Line(route)).Append('\n');
        }

        if (explain)
        {
            line.Append($"  decided by guard {verdict.Tier + 1}, {verdict.DecidedBy}\n");
        }

        foreach (ReadOnlyMemory<char> chunk in line.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, output);
        }
    }

    // An id comes from the data: an escape sequence in it must not reach the terminal, nor a line end break the line.
    private static void AppendName(StringBuilder line, RowName name)
    {
        if (name.Id is null)
        {
            line.Append("line ").Append(name.Line);
            return;
        }

        foreach (char c in name.Id)
        {
            line.Append(char.IsControl(c) ? '?' : c);
        }
    }
}
