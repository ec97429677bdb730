using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Picket.Models.NGram;

namespace Picket.Models.Tests.NGram;

public sealed class NGramFeaturesPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(200);

    // Texts of few kinds of characters have the long words and the many short ones that a bound must hold for.
    private static readonly Arbitrary<string> s_texts = Gen
        .OneOf(
            Gen.Elements("ab \u00E9Z9'.\u4E2D\uD83D".ToCharArray()).ArrayOf().Select(static chars => new string(chars)),
            ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? ""))
        .ToArbitrary();

    private static readonly Arbitrary<NGramShape> s_shapes = Gen.Choose(1, 3)
        .SelectMany(static _ => Gen.Choose(1, 8), static (order, least) => (order, least))
        .SelectMany(static pair => Gen.Choose(pair.least, 8), static (pair, most) =>
            new NGramShape { WordOrder = pair.order, MinChars = pair.least, MaxChars = most })
        .ToArbitrary();

    [Fact]
    public void MaxCount_AnyText_IsNeverExceeded() => Check.One(s_config, Prop.ForAll(s_texts, s_shapes, static (text, shape) =>
        NGramFeatures.Extract(text, shape, new int[NGramFeatures.MaxCount(shape, text.Length)], out _) >= 0));

    [Fact]
    public void Extract_AnyText_CountsEveryCharacterThatIsNotWhitespace() => Check.One(s_config, Prop.ForAll(s_texts, static text =>
    {
        var shape = new NGramShape();
        NGramFeatures.Extract(text, shape, new int[NGramFeatures.MaxCount(shape, text.Length)], out int words);
        return words <= text.Length && (words == 0) == text.All(char.IsWhiteSpace);
    }));

    [Fact]
    public void Dampen_AnyValues_KeepsTheSublinearTermFrequency() => Check.One(s_config, Prop.ForAll<byte[]>(static values =>
    {
        int[] buckets = [.. values.SelectMany(static value => Enumerable.Repeat(value % 16, value))];
        Dictionary<int, int> expected = buckets.GroupBy(static bucket => bucket)
            .ToDictionary(static group => group.Key, static group => Math.Min(5, (int)(1 + Math.Log(group.Count()))));
        int[] seen = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * buckets.Length))];
        Array.Fill(seen, 7);
        int count = NGramFeatures.Dampen(buckets, seen);
        return count == expected.Values.Sum() && buckets[..count].GroupBy(static bucket => bucket).All(group => group.Count() == expected[group.Key]);
    }));

    [Fact]
    public void Dampen_LargestBuckets_StayApart()
    {
        int[] buckets = [(1 << 24) - 1, 0, (1 << 24) - 1, (1 << 24) - 2];

        Assert.Equal(3, NGramFeatures.Dampen(buckets, new int[16]));
        Assert.Equal([(1 << 24) - 1, 0, (1 << 24) - 2], buckets[..3]);
    }
}
