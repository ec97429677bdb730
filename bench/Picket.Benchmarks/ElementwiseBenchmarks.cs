using BenchmarkDotNet.Attributes;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>One row of a large encoder: 1,024 elements, at each width of vectors.</summary>
public class ElementwiseBenchmarks
{
    private readonly float[] _values = [.. Enumerable.Range(0, 1024).Select(static i => (i / 128f) - 4)];
    private readonly float[] _row = new float[1024];
    private readonly float[] _ones = [.. Enumerable.Repeat(1f, 1024)];

    [ParamsAllValues]
    public SimdLevel Simd { get; set; }

    [Benchmark(Baseline = true)]
    public void Copy() => _values.CopyTo(_row, 0);

    [Benchmark]
    public void CopyGelu()
    {
        _values.CopyTo(_row, 0);
        Elementwise.Gelu(Simd, _row);
    }

    [Benchmark]
    public void CopyExp()
    {
        _values.CopyTo(_row, 0);
        Elementwise.Exp(Simd, _row);
    }

    [Benchmark]
    public void CopySoftmax()
    {
        _values.CopyTo(_row, 0);
        Elementwise.Softmax(Simd, _row, 0.125f);
    }

    [Benchmark]
    public void LayerNorm() => Elementwise.LayerNorm(Simd, _values, _values, _ones, _ones, 1e-7f, _row);
}
