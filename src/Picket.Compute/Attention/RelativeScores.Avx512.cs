using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute;

internal readonly partial struct RelativeScores
{
    private void Add512(in Tile tile)
    {
        Quad512 first = LoadKeys512(tile, 0);
        Quad512 second = LoadKeys512(tile, 4);
        Quad512 third = LoadKeys512(tile, 8);
        Quad512 fourth = LoadKeys512(tile, 12);
        AddQueries512(tile, 0, first.A, second.A, third.A, fourth.A);
        AddQueries512(tile, 1, first.B, second.B, third.B, fourth.B);
        AddQueries512(tile, 2, first.C, second.C, third.C, fourth.C);
        AddQueries512(tile, 3, first.D, second.D, third.D, fourth.D);
    }

    /// <summary>Sixteen queries' products with four keys; each 128-bit part then holds one query's four: A of 0, 4, 8, 12, B of 1, ...</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Quad512 LoadKeys512(in Tile tile, int key)
    {
        Vector512<float> a = LoadKey512(tile, key);
        Vector512<float> b = LoadKey512(tile, key + 1);
        Vector512<float> c = LoadKey512(tile, key + 2);
        Vector512<float> d = LoadKey512(tile, key + 3);
        Vector512<double> abLow = Avx512F.UnpackLow(a, b).AsDouble();
        Vector512<double> abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
        Vector512<double> cdLow = Avx512F.UnpackLow(c, d).AsDouble();
        Vector512<double> cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        return new Quad512(
            Avx512F.UnpackLow(abLow, cdLow).AsSingle(),
            Avx512F.UnpackHigh(abLow, cdLow).AsSingle(),
            Avx512F.UnpackLow(abHigh, cdHigh).AsSingle(),
            Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> LoadKey512(in Tile tile, int key)
    {
        nint relative = tile.Relative - key;
        Vector512<float> products = tile.Key.Load512((key * tile.KeyStride) + tables.Rows[relative]);
        return Avx512F.PermuteVar16x32(products, Lanes512(tables.Up, relative));
    }

    /// <summary>Puts the 128-bit parts of four queries (query, + 4, + 8, + 12) together and adds both products to their scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddQueries512(
        in Tile tile, int query, Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        Vector512<float> evenLow = Avx512F.Shuffle4x128(first, second, 0b10_00_10_00);
        Vector512<float> evenHigh = Avx512F.Shuffle4x128(third, fourth, 0b10_00_10_00);
        Vector512<float> oddLow = Avx512F.Shuffle4x128(first, second, 0b11_01_11_01);
        Vector512<float> oddHigh = Avx512F.Shuffle4x128(third, fourth, 0b11_01_11_01);
        AddQuery512(tile, query, Avx512F.Shuffle4x128(evenLow, evenHigh, 0b10_00_10_00));
        AddQuery512(tile, query + 4, Avx512F.Shuffle4x128(oddLow, oddHigh, 0b10_00_10_00));
        AddQuery512(tile, query + 8, Avx512F.Shuffle4x128(evenLow, evenHigh, 0b11_01_11_01));
        AddQuery512(tile, query + 12, Avx512F.Shuffle4x128(oddLow, oddHigh, 0b11_01_11_01));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddQuery512(in Tile tile, int query, Vector512<float> keyProducts)
    {
        nint relative = tile.Relative + query;
        Vector512<float> products = tile.Query.Load512((query * tile.QueryStride) - tables.Rows[relative]);
        Vector512<float> sum = Avx512F.PermuteVar16x32(products, Lanes512(tables.Down, relative)) + keyProducts;
        nint place = query * tile.Stride;
        tile.Scores.Store(tile.Scores.Load512(place) + sum, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Lanes512(Pointer<byte> lanes, nint relative) =>
        Avx512F.ConvertToVector512Int32(lanes.Load128(relative * RelativePositions.Lanes));

    private readonly record struct Quad512(Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D);
}
