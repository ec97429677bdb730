using System.Diagnostics.CodeAnalysis;

namespace Picket.Server;

/// <summary>Compares the tags of measurements, so that a series is found without making its labels anew.</summary>
internal sealed class MetricTags
    : IEqualityComparer<KeyValuePair<string, object?>[]>,
        IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public static readonly MetricTags Comparer = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) => x.AsSpan().SequenceEqual(y, SameTag.Comparer);

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => GetHashCode((ReadOnlySpan<KeyValuePair<string, object?>>)obj);

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other) =>
        alternate.SequenceEqual(other, SameTag.Comparer);

    // By the values: an instrument has the same names every time.
    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = default(HashCode);
        foreach ((_, object? value) in alternate)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();

    private sealed class SameTag : IEqualityComparer<KeyValuePair<string, object?>>
    {
        public static readonly SameTag Comparer = new();

        public bool Equals(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) => x.Key == y.Key && Equals(x.Value, y.Value);

        public int GetHashCode([DisallowNull] KeyValuePair<string, object?> obj) => HashCode.Combine(obj.Key, obj.Value);
    }
}
