using System.Runtime.InteropServices;

namespace Picket.Training.Augmentation;

/// <summary>
/// Finds near duplicates among the texts added so far: MinHash signatures cut into bands, texts that agree in a band are candidates
/// (Leskovec et al., section 3.4), and the exact Jaccard index of the shingle sets decides, so nothing is found that should not be.
/// </summary>
/// <remarks>
/// A text takes about 4 bytes a character and 1.3 KB for bands and signature. Texts made from one template are the hard case: each is a
/// candidate for every fourth other one. A look at a narrow signature sends most of these away.
/// </remarks>
internal sealed class MinHashIndex
{
    private const int FirstTexts = 64;

    private readonly MinHashOptions _options;
    private readonly MinHash _hash;
    private readonly int _rows;

    // Most bands are of one text alone: its number is the value. Where there are more, the value is the complement of a place in _shared.
    private readonly Dictionary<ulong, int>[] _bands;
    private readonly List<List<int>> _shared = [];
    private readonly List<uint[]> _sets = [];
    private readonly int _fewestAgreeing;
    private readonly List<int> _seenBy = [];
    private byte[] _signatures = [];
    private int _query;

    public MinHashIndex(MinHashOptions options)
    {
        SettingFault.ThrowIfAny(options.Faults());
        _options = options;
        _hash = new MinHash(options.Hashes, options.Seed);
        _rows = options.BandRows;
        _fewestAgreeing = options.FewestAgreeing;
        _bands = [.. Enumerable.Range(0, options.Bands).Select(static _ => new Dictionary<ulong, int>())];
    }

    /// <summary>Texts in it.</summary>
    public int Count => _sets.Count;

    /// <summary>A text, given as <see cref="FilterText"/> makes it, ready to be looked up and added.</summary>
    public Sketch Of(string text)
    {
        uint[] set = Shingles.Of(text, _options.ShingleLength);
        uint[] signature = _hash.Sign(set);
        ulong[] bands = new ulong[_bands.Length];
        for (int band = 0; band < bands.Length; band++)
        {
            foreach (uint place in signature.AsSpan(band * _rows, _rows))
            {
                bands[band] = (bands[band] ^ place) * 0x9E3779B97F4A7C15;
                bands[band] ^= bands[band] >> 32;
            }
        }

        return new Sketch(set, MinHash.Narrow(signature), bands);
    }

    /// <summary>The text in it that is nearest, of equals the first; <see langword="null"/> when none reaches the threshold.</summary>
    public (int Index, double Jaccard)? Nearest(Sketch sketch)
    {
        (int Index, double Jaccard)? nearest = null;
        _query++;
        for (int band = 0; band < _bands.Length; band++)
        {
            if (!_bands[band].TryGetValue(sketch.Bands[band], out int value))
            {
                continue;
            }

            foreach (int index in value >= 0 ? new ReadOnlySpan<int>(in value) : CollectionsMarshal.AsSpan(_shared[~value]))
            {
                if (_seenBy[index] != _query && Compare(sketch, index) is { } jaccard
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
        for (int band = 0; band < _bands.Length; band++)
        {
            ref int value = ref CollectionsMarshal.GetValueRefOrAddDefault(_bands[band], sketch.Bands[band], out bool exists);
            if (!exists)
            {
                value = Count;
            }
            else if (value < 0)
            {
                _shared[~value].Add(Count);
            }
            else
            {
                _shared.Add([value, Count]);
                value = ~(_shared.Count - 1);
            }
        }

        int place = Count * _options.Hashes;
        if (place == _signatures.Length)
        {
            Array.Resize(ref _signatures, Math.Max(FirstTexts * _options.Hashes, 2 * place));
        }

        sketch.Signature.CopyTo(_signatures, place);
        _sets.Add(sketch.Set);
        _seenBy.Add(0);
    }

    private double? Compare(Sketch sketch, int index)
    {
        _seenBy[index] = _query;
        if (MinHash.Agreeing(sketch.Signature, _signatures.AsSpan(index * _options.Hashes, _options.Hashes)) < _fewestAgreeing)
        {
            return null;
        }

        double jaccard = Shingles.Jaccard(sketch.Set, _sets[index]);
        return jaccard >= _options.Threshold ? jaccard : null;
    }

    /// <summary>What is compared of a text.</summary>
    /// <param name="Set">Its shingles.</param>
    /// <param name="Signature">Its narrow signature.</param>
    /// <param name="Bands">A hash of each band of its signature.</param>
    internal readonly record struct Sketch(uint[] Set, byte[] Signature, ulong[] Bands);
}
