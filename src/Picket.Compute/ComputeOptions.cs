namespace Picket.Compute;

/// <summary>How a <see cref="ComputeContext"/> uses the machine.</summary>
public sealed record ComputeOptions
{
    /// <summary>Threads that share each product, the caller's included; from 1. Default: one a processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The widest vectors to use; a machine without them is refused. Default: the widest it has.</summary>
    public SimdLevel Simd { get; init; } = SimdLevels.Best;
}
