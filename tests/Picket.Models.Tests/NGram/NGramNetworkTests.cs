using System.Runtime.InteropServices;
using Picket.Models.Formats;
using Picket.Models.NGram;
using Picket.Testing;

namespace Picket.Models.Tests.NGram;

public sealed class NGramNetworkTests
{
    private static readonly Dictionary<string, Tensor> s_tensors = RandomNetwork.Tensors();
    private static readonly NGramNetwork s_network = RandomNetwork.Create();

    [Theory]
    [InlineData("How do I bake bread? How?", null)]
    [InlineData("How do I bake bread?", "Mix flour and water, then wait.")]
    [InlineData("", null)]
    [InlineData("", "Mix flour and water.")]
    [InlineData("How do I bake bread?", "")]
    [InlineData("", "")]
    public void Score_AnyFields_EqualsTheSlowReference(string prompt, string? response)
    {
        float[] features = new float[RandomNetwork.Shape.Hidden];

        float logit = s_network.Score(prompt, response, response is not null, new NGramScratch(), features, out _);

        (double expected, double[] hidden) = Reference(prompt, response);
        Assert.Equal(expected, logit, 1e-4);
        Assert.All(features, (feature, i) => Assert.Equal(hidden[i], feature, 1e-4));
    }

    [Fact]
    public void Score_UsedScratch_GivesWhatAFreshOneGives()
    {
        var used = new NGramScratch();
        float[] features = new float[RandomNetwork.Shape.Hidden];
        s_network.Score("a much longer prompt than the next one", "and a response", isPair: true, used, features, out _);

        float again = s_network.Score("short", "", isPair: false, used, features, out int words);

        Assert.Equal(1, words);
        Assert.Equal(s_network.Score("short", "", isPair: false, new NGramScratch(), new float[features.Length], out _), again);
    }

    [Fact]
    public void Score_Pair_CountsTheWordsOfBoth()
    {
        s_network.Score("one two", "three", isPair: true, new NGramScratch(), new float[RandomNetwork.Shape.Hidden], out int words);

        Assert.Equal(3, words);
    }

    [Fact]
    public void Score_AfterWarmUp_AllocatesNothing()
    {
        var scratch = new NGramScratch();
        float[] features = new float[RandomNetwork.Shape.Hidden];
        string prompt = string.Concat(Enumerable.Repeat("How do I bake bread? ", 30));
        s_network.Score(prompt, prompt, isPair: true, scratch, features, out _);

        long allocated = Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                s_network.Score(prompt, prompt, isPair: i % 2 == 0, scratch, features, out _);
            }
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Create_FaultyShape_NamesTheManifest()
    {
        NGramShape shape = RandomNetwork.Shape with { Hidden = 7 };

        var fault = Assert.Throws<PicketException>(() => new NGramNetwork(shape, s_tensors, "folder/model.safetensors"));

        string manifest = Path.Combine("folder", "guard.json");
        Assert.Equal($"{manifest}, field \"ngram\": hidden: expected a multiple of 8 from 8 to 256, found 7", fault.Message);
    }

    private static (double Logit, double[] Hidden) Reference(string prompt, string? response)
    {
        int hidden = RandomNetwork.Shape.Hidden;
        double[] pooled = [.. Pool(prompt), .. Pool(response ?? "")];
        double[] bias = Values("hidden.bias")[(response is null ? 0 : hidden)..];
        double[] weight = Values("hidden.weight");
        double[] units = [.. Enumerable.Range(0, hidden).Select(i => Math.Max(0, bias[i] + Dot(weight[(i * pooled.Length)..], pooled)))];
        double[] head = Values("head.weight");
        double[] logits = [.. Values("head.bias").Select((b, c) => b + Dot(head[(c * hidden)..], units))];
        return (logits[1] - logits[0], units);
    }

    private static double[] Pool(string text)
    {
        int width = RandomNetwork.Shape.Dimension;
        int[] buckets = new int[NGramFeatures.MaxCount(RandomNetwork.Shape, text.Length)];
        buckets =
        [
            .. buckets.Take(NGramFeatures.Extract(text, RandomNetwork.Shape, buckets, out _))
                .GroupBy(static bucket => bucket)
                .SelectMany(static group => Enumerable.Repeat(group.Key, (int)(1 + Math.Log(group.Count())))),
        ];
        ReadOnlyMemory<byte> table = s_tensors["embeddings"].Data;
        double[] scale = Values("scale");
        double[] sums = [.. Enumerable.Range(0, width).Select(c => buckets.Sum(b => (sbyte)table.Span[(b * width) + c] * scale[c]))];
        double norm = sums[^1] > 0 ? 1 / Math.Sqrt(sums[^1]) : 0;
        return [.. sums.Select((sum, c) => c == width - 1 ? 0 : sum * norm)];
    }

    private static double[] Values(string name) =>
        [.. MemoryMarshal.Cast<byte, float>(s_tensors[name].Data.Span).ToArray().Select(static value => (double)value)];

    private static double Dot(double[] left, double[] right) => left.Zip(right, static (x, y) => x * y).Sum();
}
