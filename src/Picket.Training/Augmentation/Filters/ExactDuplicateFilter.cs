using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Picket.Training.Augmentation;

/// <summary>Drops texts that have the words of an earlier one, whatever their case, punctuation, spacing and look-alike letters.</summary>
/// <remarks>It keeps 16 bytes of a hash and the id of each text. Not safe for several threads at once.</remarks>
public sealed class ExactDuplicateFilter : ITextFilter
{
    private readonly Dictionary<UInt128, string> _ids = [];

    /// <inheritdoc/>
    public FilterHit? Add(string id, string text)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(text);
        UInt128 key = KeyOf(FilterText.Of(text));
        return _ids.TryAdd(key, id) ? null : new FilterHit(FilterRules.Duplicate, _ids[key]);
    }

    /// <summary>Half of the SHA-256 of a text as <see cref="FilterText"/> makes it: no two texts that anyone comes across share it.</summary>
    internal static UInt128 KeyOf(string words)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(words.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
