using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Picket.Compute.Products;

/// <summary>Rows of a matrix become rows of all its panels: a few rows a piece, so that they are read along as they lie in memory.</summary>
internal readonly struct PanelCopy(Panels panels, Matrix<float> source) : IWork
{
    /// <summary>Rows of a piece: streams that the machine fetches ahead, and at 128 bytes a row whole pages of a panel between them.</summary>
    public const int Rows = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int piece, int worker)
    {
        int first = piece * Rows;
        int end = Math.Min(first + Rows, source.Rows);
        int whole = source.Columns / Panels.Width;
        for (int panel = 0; panel < whole; panel++)
        {
            Pointer<float> from = source.Pointer + ((nint)first * source.Stride) + (panel * Panels.Width);
            Pointer<float> to = panels.Panel(panel) + ((nint)first * Panels.Width);
            for (int k = first; k < end; k++)
            {
                for (int i = 0; i < Panels.Width; i += Vector256<float>.Count)
                {
                    to.Store(from.Load256(i), i);
                }

                from += source.Stride;
                to += Panels.Width;
            }
        }

        int columns = source.Columns - (whole * Panels.Width);
        for (int k = first; k < end && columns > 0; k++)
        {
            Span<float> packed = (panels.Panel(whole) + ((nint)k * Panels.Width)).Span(Panels.Width);
            source[k][^columns..].CopyTo(packed);
            packed[columns..].Clear();
        }
    }
}
