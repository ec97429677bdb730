using BenchmarkDotNet.Attributes;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>One row of a large encoder: 1,024 elements, at each width of vectors.</summary>
public class ElementwiseBenchmarks
{
    private readonly float[] _values = [.. Enumerable.Range(0, 1024).Select(static i => (i / 128f) - 4)];
    private readonly float[] _row = new float[1024];
    private readonly float[] _sums = new float[1024];
    private readonly float[] _mean = new float[1024];
    private readonly float[] _variance = new float[1024];
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

    [Benchmark]
    public void GeluGradient() => Gradients.Gelu(Simd, _values, _ones, _row, accumulate: false);

    [Benchmark]
    public void LayerNormGradient() => Gradients.LayerNorm(Simd, _values, _ones, 1e-7f, _ones, _row, _sums, _sums, accumulate: false);

    [Benchmark]
    public void AdamW() => Gradients.AdamW(Simd, _row, _values, _mean, _variance, new AdamWStep(1e-3f, 0, 0.9f, 0.999f, 1, 1e-6f, 1));

    [Benchmark]
    public void CopyDropout()
    {
        _values.CopyTo(_row, 0);
        new Dropout(0.1f, 1).Apply(_row, 0);
    }
}
