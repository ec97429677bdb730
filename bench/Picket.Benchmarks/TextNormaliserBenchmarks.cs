using BenchmarkDotNet.Attributes;
using Picket.Text;

namespace Picket.Benchmarks;

/// <summary>The normaliser on text that needs nothing and on text that needs everything.</summary>
[MemoryDiagnoser]
public class TextNormaliserBenchmarks
{
    private readonly string _clean = MildTexts.Words(300);
    private readonly string _hostile = MildTexts.Hostile(300);

    [Benchmark(Baseline = true)]
    public string Clean() => TextNormaliser.Default.Normalise(_clean);

    [Benchmark]
    public string Hostile() => TextNormaliser.Default.Normalise(_hostile);
}
