namespace Picket.Chat;

/// <summary>Where the keywords of a plan stand, by what they are for.</summary>
internal sealed record KeywordGroups(
    IReadOnlyList<int> Baseline,
    IReadOnlyList<int> Random,
    IReadOnlyList<int> Marginalised,
    IReadOnlyList<int> Privileged,
    IReadOnlyList<(KeywordPair Pair, int Marginalised, int Privileged)> Pairs)
{
    public static KeywordGroups Of(IReadOnlyList<string?> keywords, IReadOnlyList<string> random, IReadOnlyList<KeywordPair> pairs)
    {
        (KeywordPair Pair, int Marginalised, int Privileged)[] placed =
            [.. pairs.Select(pair => (pair, Place(pair.Marginalised), Place(pair.Privileged)))];
        return new KeywordGroups(
            Place(null) is >= 0 and var none ? [none] : [],
            [.. random.Select(Place).Distinct()],
            [.. placed.Select(static pair => pair.Marginalised).Distinct()],
            [.. placed.Select(static pair => pair.Privileged).Distinct()],
            placed);

        int Place(string? keyword) => keywords.Index().FirstOrDefault(item => item.Item == keyword, (-1, null)).Index;
    }
}
