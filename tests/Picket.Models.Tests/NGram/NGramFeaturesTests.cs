using Picket.Models.NGram;

namespace Picket.Models.Tests.NGram;

public sealed class NGramFeaturesTests
{
    private static readonly NGramShape s_shape = new() { WordOrder = 2, MinChars = 2, MaxChars = 3 };

    [Fact]
    public void Extract_SameText_GivesTheSameBuckets()
    {
        Assert.Equal(Extract("It's a fine day, isn't it?", out _), Extract("It's a fine day, isn't it?", out _));
    }

    [Fact]
    public void Extract_KnownText_GivesTheBucketsThatModelsAreTrainedOn()
    {
        int[] buckets = Extract("The Cat", out int words);

        Assert.Equal(2, words);
        // Made by a program of its own in another language.
        Assert.Equal(
            "202297 46472 542940 934178 54868 812508 898804 106004 "
            + "889907 613093 700360 121300 471274 309712 183552 695162 480010",
            string.Join(' ', buckets));
    }

    [Theory]
    [InlineData("GOOD Morning", "good morning")]
    [InlineData("\u00C4PFEL \u0416\u0423\u041A", "\u00E4pfel \u0436\u0443\u043A")]
    public void Extract_OtherCase_GivesTheSameBuckets(string upper, string lower)
    {
        Assert.Equal(Extract(lower, out _), Extract(upper, out _));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\n\u00A0", 0)]
    [InlineData("one", 1)]
    [InlineData("one two  three", 3)]
    [InlineData("don't stop", 2)]
    [InlineData("dogs' bowls", 3)]
    [InlineData("well-known", 3)]
    [InlineData("what?!", 3)]
    [InlineData("\U0001F600", 2)]
    public void Extract_Words_AreCounted(string text, int expected)
    {
        Extract(text, out int words);

        Assert.Equal(expected, words);
    }

    [Fact]
    public void Extract_WordOfManyLetters_IsCutIntoPiecesOf64()
    {
        Extract(new string('a', 150), out int words);

        Assert.Equal(3, words);
    }

    [Fact]
    public void Extract_TwoWords_GivesWordsAndPairOddAndTheRestEven()
    {
        // <ab> has the bigrams <a ab b> and the trigrams <ab ab>; <c> has <c c>; whole padded words are left to the word n-grams.
        int[] buckets = Extract("ab c", out _);

        Assert.Equal(3, buckets.Count(static bucket => bucket % 2 == 1));
        Assert.Equal(5 + 2, buckets.Count(static bucket => bucket % 2 == 0));
    }

    [Fact]
    public void Extract_Punctuation_GivesOnlyWordBuckets()
    {
        Assert.All(Extract("? ! ...", out _), static bucket => Assert.Equal(1, bucket % 2));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 4 + 3)]
    [InlineData(3, 4 + 3 + 2)]
    public void Extract_WordOrder_BoundsTheWordNGrams(int order, int expected)
    {
        int[] buckets = Extract("a b c d", out _, s_shape with { WordOrder = order, MinChars = 1, MaxChars = 1 });

        Assert.Equal(expected, buckets.Count(static bucket => bucket % 2 == 1));
    }

    [Fact]
    public void Extract_OrderOfWords_MattersToPairsAlone()
    {
        int[] forth = Extract("good day", out _);
        int[] back = Extract("day good", out _);

        Assert.Single(forth.Except(back));
        Assert.Equal(forth.Order().Count(), back.Length);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    public void Extract_BucketBits_BoundTheBuckets(int bits)
    {
        Assert.All(
            Extract("The quick brown fox jumps over the lazy dog.", out _, s_shape with { BucketBits = bits }),
            bucket => Assert.InRange(bucket, 0, (1 << bits) - 1));
    }

    private static int[] Extract(string text, out int words, NGramShape? shape = null)
    {
        shape ??= s_shape;
        int[] buckets = new int[NGramFeatures.MaxCount(shape, text.Length)];
        int count = NGramFeatures.Extract(text, shape, buckets, out words);
        return buckets[..count];
    }
}
