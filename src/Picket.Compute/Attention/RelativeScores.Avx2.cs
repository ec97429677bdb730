using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute;

internal readonly partial struct RelativeScores
{
    private void Add256(in Tile tile)
    {
        Quad256 first = LoadKeys256(tile, 0);
        Quad256 second = LoadKeys256(tile, 4);
        AddQueries256(tile, 0, first.A, second.A);
        AddQueries256(tile, 1, first.B, second.B);
        AddQueries256(tile, 2, first.C, second.C);
        AddQueries256(tile, 3, first.D, second.D);
    }

    /// <summary>Eight queries' products with four keys; each 128-bit half then holds one query's four: A of 0 and 4, B of 1 and 5, ...</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Quad256 LoadKeys256(in Tile tile, int key)
    {
        Vector256<float> a = LoadKey256(tile, key);
        Vector256<float> b = LoadKey256(tile, key + 1);
        Vector256<float> c = LoadKey256(tile, key + 2);
        Vector256<float> d = LoadKey256(tile, key + 3);
        Vector256<double> abLow = Avx.UnpackLow(a, b).AsDouble();
        Vector256<double> abHigh = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cdLow = Avx.UnpackLow(c, d).AsDouble();
        Vector256<double> cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        return new Quad256(
            Avx.UnpackLow(abLow, cdLow).AsSingle(),
            Avx.UnpackHigh(abLow, cdLow).AsSingle(),
            Avx.UnpackLow(abHigh, cdHigh).AsSingle(),
            Avx.UnpackHigh(abHigh, cdHigh).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> LoadKey256(in Tile tile, int key)
    {
        nint relative = tile.Relative - key;
        Vector256<float> products = tile.Key.Load256((key * tile.KeyStride) + tables.Rows[relative]);
        return Avx2.PermuteVar8x32(products, Lanes256(tables.Up, relative));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddQueries256(in Tile tile, int query, Vector256<float> first, Vector256<float> second)
    {
        AddQuery256(tile, query, Avx.Permute2x128(first, second, 0x20));
        AddQuery256(tile, query + 4, Avx.Permute2x128(first, second, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddQuery256(in Tile tile, int query, Vector256<float> keyProducts)
    {
        nint relative = tile.Relative + query;
        Vector256<float> products = tile.Query.Load256((query * tile.QueryStride) - tables.Rows[relative]);
        Vector256<float> sum = Avx2.PermuteVar8x32(products, Lanes256(tables.Down, relative)) + keyProducts;
        nint place = query * tile.Stride;
        tile.Scores.Store(tile.Scores.Load256(place) + sum, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Lanes256(Pointer<byte> lanes, nint relative) =>
        Avx2.ConvertToVector256Int32(lanes.Load128(relative * RelativePositions.Lanes));

    private readonly record struct Quad256(Vector256<float> A, Vector256<float> B, Vector256<float> C, Vector256<float> D);
}
