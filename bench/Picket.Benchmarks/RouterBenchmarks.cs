using BenchmarkDotNet.Attributes;

namespace Picket.Benchmarks;

/// <summary>One decision of a learned router with its check of the region, on one thread; at most 5 microseconds for 512 features.</summary>
[MemoryDiagnoser]
public class RouterBenchmarks
{
    private const int Scores = 64;
    private const int Directions = 64;
    private GuardScore[] _scores = [];
    private HardnessRouter _router = new(new EntropyHardness());
    private int _turn;

    [Params(32, 512, 2048)]
    public int Features { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        int hidden = Training.RouterTraining.RouterTrainingOptions.HiddenFor(Features);
        _scores = [.. Enumerable.Range(0, Scores).Select(_ => new GuardScore(0.4, Floats(random, Features)))];
        var network = new RouterNetwork([Layer(Features), Layer(hidden), new RouterLayer(Floats(random, hidden), [0])]);
        int directions = Math.Min(Features, Directions);
        var region = new FeatureRegion(
            new float[Features], Floats(random, directions * Features), [.. Enumerable.Repeat(1f, directions)], 1, limit: 1e9);
        _router = new HardnessRouter(new NetworkHardness("bayes", [network]), 0.5, region);

        RouterLayer Layer(int inputs) =>
            new(Floats(random, inputs * hidden), Floats(random, hidden), Floats(random, hidden), Floats(random, hidden));
    }

    [Benchmark]
    public RouteDecision Decide() => _router.Decide(_scores[_turn++ % Scores]);

    private static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}
