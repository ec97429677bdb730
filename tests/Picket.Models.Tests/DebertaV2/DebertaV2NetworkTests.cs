using System.Diagnostics.CodeAnalysis;
using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Testing;

namespace Picket.Models.Tests.DebertaV2;

public sealed class DebertaV2NetworkTests : IDisposable
{
    private static readonly DebertaV2Config s_config = new() { VocabSize = 100, HiddenSize = 32, Layers = 2, Heads = 2, IntermediateSize = 64 };
    private readonly ComputeContext _context = new(new ComputeOptions { Threads = 2 });

    [Fact]
    public void Random_SameSeed_GivesTheSameFiniteLogits()
    {
        float[] first = Logits(seed: 1);

        Assert.All(first, static logit => Assert.True(float.IsFinite(logit)));
        Assert.Equal(first, Logits(seed: 1));
        Assert.NotEqual(first, Logits(seed: 2));
    }

    [Fact]
    public void Run_SteadyState_AllocatesNothing()
    {
        using DebertaV2Network network = DebertaV2Network.Random(s_config, 1, _context);
        using DebertaV2Scratch scratch = network.CreateScratch();
        RaggedBatch batch = Batch([1, 5, 2], [1, .. Enumerable.Range(3, 90), 2]);
        network.Run(_context, batch, scratch);

        Assert.Equal(0, Allocations.Least(() => network.Run(_context, batch, scratch)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void Run_TokenOutsideTheVocabulary_IsRefused(int token)
    {
        using DebertaV2Network network = DebertaV2Network.Random(s_config, 1, _context);
        using DebertaV2Scratch scratch = network.CreateScratch();

        Assert.Throws<ArgumentException>(() => network.Run(_context, Batch([1, token, 2]), scratch));
    }

    [Fact]
    public void Run_EmptyBatchOrSequence_IsRefused()
    {
        using DebertaV2Network network = DebertaV2Network.Random(s_config, 1, _context);
        using DebertaV2Scratch scratch = network.CreateScratch();

        Assert.Throws<ArgumentException>(() => network.Run(_context, new RaggedBatch(), scratch));
        Assert.Throws<ArgumentException>(() => new RaggedBatch().Add([]));
    }

    [Fact]
    public void Random_BucketsTooManyForThePositions_IsAFault() =>
        Assert.Throws<PicketException>(() => DebertaV2Network.Random(s_config with { MaxRelativePositions = 200 }, 1, _context));

    [Fact]
    public void Random_FactoryThatFailsHalfway_FreesWhatItMade()
    {
        var made = new List<CountingLinear>();
        LinearFactory factory = source => made.Count < 6
            ? Add(made, new CountingLinear(LinearFactories.Fp32(source)))
            : throw new PicketException("no more");

        Assert.Throws<PicketException>(() => DebertaV2Network.Random(s_config, 1, _context, factory));
        Assert.All(made, static linear => Assert.True(linear.IsDisposed));
        Assert.Equal(6, made.Count);
    }

    public void Dispose() => _context.Dispose();

    private static CountingLinear Add(List<CountingLinear> list, CountingLinear linear)
    {
        list.Add(linear);
        return linear;
    }

    private static RaggedBatch Batch(params int[][] sequences)
    {
        var batch = new RaggedBatch();
        Array.ForEach(sequences, sequence => batch.Add(sequence));
        return batch;
    }

    private float[] Logits(int seed)
    {
        using DebertaV2Network network = DebertaV2Network.Random(s_config, seed, _context);
        using DebertaV2Scratch scratch = network.CreateScratch();
        return network.Run(_context, Batch([1, 5, 9, 2]), scratch).Logits[0].ToArray();
    }

    [SuppressMessage("Usage", "CA2215", Justification = "the base has nothing to dispose of")]
    private sealed class CountingLinear(Linear inner) : Linear
    {
        public bool IsDisposed { get; private set; }

        public override int Inputs => inner.Inputs;

        public override int Outputs => inner.Outputs;

        public override void Apply(
            ComputeContext context, Matrix<float> input, Matrix<float> output, LinearScratch scratch, Activation activation = Activation.None) =>
            inner.Apply(context, input, output, scratch, activation);

        public override void Dispose()
        {
            IsDisposed = true;
            inner.Dispose();
        }
    }
}
