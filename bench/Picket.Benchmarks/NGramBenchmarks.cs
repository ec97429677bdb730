using BenchmarkDotNet.Attributes;
using Picket.Models.NGram;
using Picket.Text;

namespace Picket.Benchmarks;

/// <summary>One prompt through the n-gram guard, on one thread.</summary>
[MemoryDiagnoser]
public class NGramBenchmarks
{
    // Many texts in turn, so that the rows of the table come from where they do in use, not from the nearest cache.
    private const int Texts = 256;
    private readonly NGramScratch _scratch = new();
    private readonly NGramNetwork _network;
    private readonly IGuard _guard;
    private readonly float[] _features;
    private readonly int[] _buckets = new int[100_000];
    private readonly int[] _seen = new int[1 << 17];
    private GuardInput[][] _inputs = [];
    private int _turn;

    public NGramBenchmarks()
    {
        (_network, Models.Bundles.GuardManifest manifest) = NGramModel.Load();
        _guard = NormalisingGuard.Wrap(new NGramGuard(_network, manifest));
        _features = new float[_network.Shape.Hidden];
    }

    [Params(30, 300)]
    public int Words { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string[] words = MildTexts.Words(Words).Split(' ');
        _inputs = [.. Enumerable.Range(0, Texts).Select(seed =>
        {
            string[] shuffled = [.. words];
            new Random(seed).Shuffle(shuffled);
            return (GuardInput[])[new GuardInput(string.Join(' ', shuffled))];
        })];
    }

    [Benchmark(Baseline = true)]
    public float Network() => _network.Score(Next()[0].Prompt, default, isPair: false, _scratch, _features, out _);

    [Benchmark]
    public int Extract() => NGramFeatures.Extract(Next()[0].Prompt, _network.Shape, _buckets, out _);

    [Benchmark]
    public int ExtractDampened()
    {
        int count = NGramFeatures.Extract(Next()[0].Prompt, _network.Shape, _buckets, out _);
        return NGramFeatures.Dampen(_buckets.AsSpan(0, count), _seen);
    }

    [Benchmark]
    public async Task<double> GuardWithNormaliser() => (await _guard.ScoreAsync(Next()))[0].UnsafeProbability;

    private GuardInput[] Next() => _inputs[_turn++ % Texts];
}
