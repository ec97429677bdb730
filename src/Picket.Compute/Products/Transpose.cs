using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Picket.Compute.Simd;

namespace Picket.Compute.Products;

/// <summary>Rows of weights become columns of a panel.</summary>
internal static class Transpose
{
    /// <summary>Numbers of a row that are moved at a time: the part of the panel they go to stays in the first-level cache.</summary>
    public const int Strip = 128;

    private const int Block = 4;

    // A cache line of each row, and 16 rows of the panel.
    private const int Line = 16;

    /// <summary>target[k, j] = source[j, k], and zero from the source's last row on up to the panel's width.</summary>
    /// <remarks>Four by four through registers: memory sets the pace, not the shuffles.</remarks>
    /// <param name="source">At most <see cref="Panels.Width"/> rows.</param>
    /// <param name="target">source.Columns x <see cref="Panels.Width"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToPanel(Matrix<float> source, Pointer<float> target)
    {
        Pointer<float> from = source.Pointer;
        int depth = source.Columns;
        int wholeRows = source.Rows / Block * Block;
        int wholeDepth = depth / Block * Block;
        for (int line = 0; line < wholeDepth; line += Line)
        {
            int end = Math.Min(line + Line, wholeDepth);
            for (int row = 0; row < wholeRows; row += Block)
            {
                for (int k = line; k < end; k += Block)
                {
                    FourByFour(from + ((nint)row * source.Stride) + k, source.Stride, target + ((nint)k * Panels.Width) + row, Panels.Width);
                }
            }
        }

        ByOnes(source, target, 0, wholeRows, wholeDepth, depth);
        ByOnes(source, target, wholeRows, Panels.Width, 0, depth);
    }

    /// <summary>target[k, j] = source[j, k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows(Matrix<float> source, Matrix<float> target)
    {
        Pointer<float> from = source.Pointer;
        Pointer<float> to = target.Pointer;
        int wholeRows = source.Rows / Block * Block;
        int wholeColumns = source.Columns / Block * Block;
        for (int row = 0; row < source.Rows; row += Block)
        {
            for (int k = 0; k < wholeColumns && row < wholeRows; k += Block)
            {
                FourByFour(from + ((nint)row * source.Stride) + k, source.Stride, to + ((nint)k * target.Stride) + row, target.Stride);
            }

            for (int i = row; i < Math.Min(row + Block, source.Rows); i++)
            {
                for (int k = row < wholeRows ? wholeColumns : 0; k < source.Columns; k++)
                {
                    to[((nint)k * target.Stride) + i] = from[((nint)i * source.Stride) + k];
                }
            }
        }
    }

    /// <summary>A strip of halves of a row becomes part of a column.</summary>
    /// <exception cref="ArgumentException">One is infinite or no number: the kernels read them as if they were finite.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToColumn(ReadOnlySpan<ushort> strip, Pointer<ushort> target)
    {
        int greatest = 0;
        for (int k = 0; k < strip.Length; k++)
        {
            target[(nint)k * Panels.Width] = strip[k];
            greatest = Math.Max(greatest, strip[k] & Halves.Magnitude);
        }

        if (greatest >= Halves.Infinity)
        {
            throw new ArgumentException("expected weights within ±65504, the range of 16-bit floats, found one beyond", nameof(strip));
        }
    }

    private static void ByOnes(Matrix<float> source, Pointer<float> target, int firstRow, int endRow, int firstDepth, int endDepth)
    {
        Pointer<float> from = source.Pointer;
        for (int k = firstDepth; k < endDepth; k++)
        {
            for (int row = firstRow; row < endRow; row++)
            {
                target[((nint)k * Panels.Width) + row] = row < source.Rows ? from[((nint)row * source.Stride) + k] : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(Pointer<float> source, nint stride, Pointer<float> target, nint targetStride)
    {
        Vector128<float> a = source.Load128(0);
        Vector128<float> b = source.Load128(stride);
        Vector128<float> c = source.Load128(2 * stride);
        Vector128<float> d = source.Load128(3 * stride);
        Vector128<float> lowAc = ZipLow(a, c);
        Vector128<float> lowBd = ZipLow(b, d);
        Vector128<float> highAc = ZipHigh(a, c);
        Vector128<float> highBd = ZipHigh(b, d);
        target.Store(ZipLow(lowAc, lowBd), 0);
        target.Store(ZipHigh(lowAc, lowBd), targetStride);
        target.Store(ZipLow(highAc, highBd), 2 * targetStride);
        target.Store(ZipHigh(highAc, highBd), 3 * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);
}
