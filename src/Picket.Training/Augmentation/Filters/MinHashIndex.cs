using System.Runtime.InteropServices;

namespace Picket.Training.Augmentation;

/// <summary>
/// Finds near duplicates among the texts added so far: MinHash signatures cut into bands, texts that agree in a band are candidates
/// (Leskovec et al., section 3.4), and the exact Jaccard index of the shingle sets decides, so nothing is found that should not be.
/// </summary>
/// <remarks>A text takes about 4 bytes a character and 1.2 KB for its bands; signatures are not kept.</remarks>
internal sealed class MinHashIndex
{
    private readonly MinHashOptions _options;
    private readonly MinHash _hash;
    private readonly int _rows;
    private readonly Dictionary<ulong, int>[] _heads;
    private readonly List<int>[] _next;
    private readonly List<uint[]> _sets = [];
    private readonly List<int> _seenBy = [];
    private int _query;

    public MinHashIndex(MinHashOptions options)
    {
        SettingFault.ThrowIfAny(options.Faults());
        _options = options;
        _hash = new MinHash(options.Hashes, options.Seed);
        _rows = options.BandRows;
        _heads = [.. Enumerable.Range(0, options.Bands).Select(static _ => new Dictionary<ulong, int>())];
        _next = [.. _heads.Select(static _ => new List<int>())];
    }

    /// <summary>Texts in it.</summary>
    public int Count => _sets.Count;

    /// <summary>A text, given as <see cref="FilterText"/> makes it, ready to be looked up and added.</summary>
    public Sketch Of(string text)
    {
        uint[] set = Shingles.Of(text, _options.ShingleLength);
        uint[] signature = _hash.Sign(set);
        ulong[] bands = new ulong[_heads.Length];
        for (int band = 0; band < bands.Length; band++)
        {
            foreach (uint place in signature.AsSpan(band * _rows, _rows))
            {
                bands[band] = (bands[band] ^ place) * 0x9E3779B97F4A7C15;
                bands[band] ^= bands[band] >> 32;
            }
        }

        return new Sketch(set, bands);
    }

    /// <summary>The text in it that is nearest, of equals the first; <see langword="null"/> when none reaches the threshold.</summary>
    public (int Index, double Jaccard)? Nearest(Sketch sketch)
    {
        (int Index, double Jaccard)? nearest = null;
        _query++;
        for (int band = 0; band < _heads.Length; band++)
        {
            int index = _heads[band].GetValueOrDefault(sketch.Bands[band], -1);
            for (; index >= 0; index = _next[band][index])
            {
                if (_seenBy[index] != _query && Compare(sketch.Set, index) is { } jaccard
                    && (nearest is not { } best || jaccard > best.Jaccard || (jaccard == best.Jaccard && index < best.Index)))
                {
                    nearest = (index, jaccard);
                }
            }
        }

        return nearest;
    }

    /// <summary>Adds a text, which gets the number <see cref="Count"/> had before.</summary>
    public void Add(Sketch sketch)
    {
        for (int band = 0; band < _heads.Length; band++)
        {
            ref int head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads[band], sketch.Bands[band], out bool exists);
            _next[band].Add(exists ? head : -1);
            head = Count;
        }

        _sets.Add(sketch.Set);
        _seenBy.Add(0);
    }

    private double? Compare(uint[] set, int index)
    {
        _seenBy[index] = _query;
        uint[] other = _sets[index];

        // The sizes alone rule most of the rest out: the index is at most the smaller set over the larger.
        if (Math.Min(set.Length, other.Length) < _options.Threshold * Math.Max(set.Length, other.Length))
        {
            return null;
        }

        double jaccard = Shingles.Jaccard(set, other);
        return jaccard >= _options.Threshold ? jaccard : null;
    }

    /// <summary>What is compared of a text.</summary>
    /// <param name="Set">Its shingles.</param>
    /// <param name="Bands">A hash of each band of its signature.</param>
    internal readonly record struct Sketch(uint[] Set, ulong[] Bands);
}
