namespace Picket.Ablation.Tests;

/// <summary>The definition of interpolated modified Kneser-Ney smoothing, word for word and slow, over lists of n-grams as strings.</summary>
internal sealed class SlowKneserNey
{
    private const string Start = "<s>";
    private readonly Dictionary<string, int>[] _counts;
    private readonly Discounts[] _discounts;
    private readonly int _pieces;

    public SlowKneserNey(IEnumerable<string> texts, int order)
    {
        string[][] tokens = [.. texts.Select(static text => (string[])[Start, .. Pieces.Of(text), "</s>"])];
        _pieces = tokens.SelectMany(static text => text).Distinct().Count(static piece => piece != Start) + 1;
        _counts = [.. Enumerable.Range(1, order).Select(length => Counts(tokens, length, longest: length == order))];
        _discounts = [.. _counts.Select(static counts => Discounts.Of(counts.Values))];
    }

    public double Of(string[] history, string next)
    {
        Dictionary<string, int> counts = _counts[history.Length];
        double shorter = history.Length == 0 ? 1.0 / _pieces : Of(history[1..], next);
        string begin = string.Concat(history.Select(static piece => piece + '|'));
        (string Gram, int Count)[] same =
        [
            .. counts.Where(pair => pair.Key.StartsWith(begin, StringComparison.Ordinal)).Select(static pair => (pair.Key, pair.Value)),
        ];
        if (same.Length == 0)
        {
            return shorter;
        }

        Discounts discounts = _discounts[history.Length];
        double total = same.Sum(static gram => gram.Count);
        int count = same.FirstOrDefault(gram => gram.Gram == begin + next).Count;
        return ((count - discounts.Of(count)) / total) + (same.Sum(gram => discounts.Of(gram.Count)) / total * shorter);
    }

    private static Dictionary<string, int> Counts(string[][] texts, int length, bool longest)
    {
        var grams = texts.SelectMany(text => Enumerable.Range(0, text.Length - length + 1).Select(at => (
            Gram: string.Join('|', text[at..(at + length)]), Before: at == 0 ? "" : text[at - 1]))).Where(static gram => gram.Gram != Start).ToList();
        return grams.GroupBy(static gram => gram.Gram).ToDictionary(
            static group => group.Key,
            group => longest || group.Key.StartsWith(Start, StringComparison.Ordinal)
                ? group.Count()
                : group.Select(static gram => gram.Before).Distinct().Count());
    }
}
