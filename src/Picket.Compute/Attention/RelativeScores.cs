using System.Runtime.CompilerServices;

namespace Picket.Compute;

/// <summary>Adds to a block of scores the products with relative positions: each score fetches the one of its position from both tables.</summary>
/// <remarks>
/// A score (i, j) takes query product [i, last - row(i - j)], whose column rises with j, and key product [j, row(i - j)], whose column rises
/// with i. So a square tile reads the former row by row and the latter column by column, transposed in registers.
/// </remarks>
/// <param name="tables">The rows of relative positions.</param>
/// <param name="scores">queries x keys, both rounded up to multiples of sixteen.</param>
/// <param name="queryByPosition">queries x reversed positions from <paramref name="firstReversed"/> on.</param>
/// <param name="firstReversed">The first reversed position there.</param>
/// <param name="keyByPosition">keys x positions.</param>
internal readonly partial struct RelativeScores(
    RelativePositions.View tables, Matrix<float> scores, Matrix<float> queryByPosition, int firstReversed, Matrix<float> keyByPosition)
{
    /// <summary>Adds them for all queries and the keys from <paramref name="key"/> on, a multiple of sixteen.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="row">The first query's place in the sequence.</param>
    /// <param name="key">The first key's place.</param>
    /// <param name="keys">How many keys, a multiple of sixteen.</param>
    /// <param name="firstPosition">The position that the first column of these keys' products belongs to.</param>
    public void Add(SimdLevel simd, int row, int key, int keys, int firstPosition)
    {
        int width = simd == SimdLevel.Vector512 ? 16 : 8;
        for (int i = 0; i < scores.Rows; i += width)
        {
            for (int j = key; j < key + keys; j += width)
            {
                var tile = new Tile(
                    scores.Pointer + (((nint)i * scores.Stride) + j),
                    scores.Stride,
                    queryByPosition.Pointer + (((nint)i * queryByPosition.Stride) + tables.Last - firstReversed),
                    queryByPosition.Stride,
                    keyByPosition.Pointer + (((nint)j * keyByPosition.Stride) - firstPosition),
                    keyByPosition.Stride,
                    row + i - j);
                switch (simd)
                {
                    case SimdLevel.Vector512:
                        Add512(tile);
                        break;
                    case SimdLevel.Vector256:
                        Add256(tile);
                        break;
                    default:
                        AddPlain(tile);
                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddPlain(in Tile tile)
    {
        Pointer<float> target = tile.Scores;
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++)
            {
                int position = tables.Rows[tile.Relative + i - j];
                target[(i * tile.Stride) + j] +=
                    tile.Query[(i * tile.QueryStride) - position] + tile.Key[(j * tile.KeyStride) + position];
            }
        }
    }

    /// <summary>A square of scores.</summary>
    /// <param name="Scores">The first score.</param>
    /// <param name="Stride">From one query's scores to the next one's.</param>
    /// <param name="Query">The first query's products, where the column of position p is -p.</param>
    /// <param name="QueryStride">From one query's products to the next one's.</param>
    /// <param name="Key">The first key's products, where the column of position p is p.</param>
    /// <param name="KeyStride">From one key's products to the next one's.</param>
    /// <param name="Relative">The first query's place minus the first key's.</param>
    private readonly record struct Tile(
        Pointer<float> Scores, nint Stride, Pointer<float> Query, nint QueryStride, Pointer<float> Key, nint KeyStride, int Relative);
}
