using Picket.Compute;
using Picket.Models.DebertaV2;

namespace Picket.Models.Tests.DebertaV2;

/// <summary>The engine against Hugging Face's own code, whose float results differ from its double ones by up to 6e-6.</summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 5e-5;

    // Of logits up to 3.9: seven bits of random weights and inputs. The farthest is 0.25; what a trained guard loses is measured on data.
    private const double Int8Tolerance = 0.3;

    public static TheoryData<string, SimdLevel, int> Models() => AtEveryLevel("tiny", "conv", "head-64", "tiny-f16", "tiny-bf16");

    public static TheoryData<string, SimdLevel, int> ModelsWithBatches() => AtEveryLevel("tiny", "conv", "head-64");

    public static TheoryData<string, SimdLevel, int> ModelsOfHalves() => AtEveryLevel("tiny-f16");

    private static TheoryData<string, SimdLevel, int> AtEveryLevel(params string[] names)
    {
        var data = new TheoryData<string, SimdLevel, int>();
        foreach (SimdLevel simd in SimdLevels.All)
        {
            foreach (string name in names)
            {
                data.Add(name, simd, 1);
                data.Add(name, simd, 2);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Run_EveryReferenceBatch_EqualsHuggingFace(string name, SimdLevel simd, int threads)
    {
        using var model = new ReferenceModel(name, simd, threads);
        foreach (ReferenceCase item in model.Cases)
        {
            (float[] Logits, float[] Features)[] found = model.Run(item.Sequences);
            for (int i = 0; i < found.Length; i++)
            {
                AssertClose(item.Name, item.Logits[i], found[i].Logits);
                AssertClose(item.Name, item.Features[i], found[i].Features);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Run_EveryReferenceHiddenState_EqualsHuggingFace(string name, SimdLevel simd, int threads)
    {
        using var model = new ReferenceModel(name, simd, threads);
        foreach (ReferenceCase item in model.Cases.Where(static item => item.HiddenStates is not null || item.LastHiddenState is not null))
        {
            var found = new List<float[][]>();
            model.Run(item.Sequences, state => found.Add([.. Enumerable.Range(0, state.Rows).Select(row => state[row].ToArray())]));
            double[][][] expected = item.HiddenStates ?? [item.LastHiddenState!];
            foreach ((double[][] state, float[][] computed) in expected.Zip(found.TakeLast(expected.Length)))
            {
                Assert.Equal(state.Length, computed.Length);
                Assert.All(state, (row, place) => AssertClose(item.Name, row, computed[place]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelsWithBatches))]
    public void Run_SequenceAloneAndAmongOthers_GivesTheSameBits(string name, SimdLevel simd, int threads)
    {
        using var model = new ReferenceModel(name, simd, threads);
        int[][] sequences = [.. model.Cases.Where(static item => item.Sequences.Length > 1).SelectMany(static item => item.Sequences)];
        (float[] Logits, float[] Features)[] together = model.Run(sequences);
        for (int i = 0; i < sequences.Length; i++)
        {
            (float[] logits, float[] features) = model.Run([sequences[i]])[0];
            Assert.Equal(logits, together[i].Logits);
            Assert.Equal(features, together[i].Features);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsOfHalves))]
    public void Run_WeightsKeptAsTheHalvesTheyAre_EqualsHuggingFace(string name, SimdLevel simd, int threads)
    {
        using var model = new ReferenceModel(name, simd, threads, LinearFactories.Fp16);
        foreach (ReferenceCase item in model.Cases)
        {
            AssertClose(item.Name, item.Logits[0], model.Run(item.Sequences)[0].Logits);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsWithBatches))]
    public void Run_WeightsQuantised_IsNearHuggingFace(string name, SimdLevel simd, int threads)
    {
        using var model = new ReferenceModel(name, simd, threads, LinearFactories.Quantised);
        foreach (ReferenceCase item in model.Cases.Where(static item => item.Sequences[0].Length <= 160))
        {
            (float[] Logits, float[] Features)[] found = model.Run(item.Sequences);
            for (int i = 0; i < found.Length; i++)
            {
                AssertClose(item.Name, item.Logits[i], found[i].Logits, Int8Tolerance);
            }
        }
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("head-64")]
    public void Run_QuantisedAloneOnOneThreadAndAmongOthersOnSeven_GivesTheSameBits(string name)
    {
        using var one = new ReferenceModel(name, SimdLevels.Best, threads: 1, LinearFactories.Quantised);
        using var seven = new ReferenceModel(name, SimdLevels.Best, threads: 7, LinearFactories.Quantised);
        int[][] sequences = [.. one.Cases.Where(static item => item.Sequences.Length > 1).SelectMany(static item => item.Sequences)];
        (float[] Logits, float[] Features)[] together = seven.Run(sequences);
        for (int i = 0; i < sequences.Length; i++)
        {
            (float[] logits, float[] features) = one.Run([sequences[i]])[0];
            Assert.Equal(logits, together[i].Logits);
            Assert.Equal(features, together[i].Features);
        }
    }

    private static void AssertClose(string name, double[] expected, float[] found, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        double farthest = expected.Zip(found, static (want, have) => Math.Abs(want - have)).Max();
        Assert.True(farthest <= tolerance, $"{name}: {farthest} from the reference");
    }
}
