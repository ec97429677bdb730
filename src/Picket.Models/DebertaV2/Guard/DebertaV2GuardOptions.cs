using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>How a <see cref="DebertaV2Guard"/> uses the machine.</summary>
public sealed record DebertaV2GuardOptions
{
    /// <summary>Threads and instruction set. Default: all processors and the widest vectors.</summary>
    public ComputeOptions Compute { get; init; } = new();

    /// <summary>
    /// Tokens of one pass, from 1; an input longer than that is a pass of its own, up to the model's window. More amortise the reading of the
    /// weights over more work, and take memory (40 kB a token for the large model) and time until a cancellation is seen. Default: 1,024.
    /// </summary>
    public int PassTokens { get; init; } = 1024;

    /// <summary>What the linear layers become; <see langword="null"/> for <see cref="LinearFactories.Stored"/>.</summary>
    public LinearFactory? Linear { get; init; }
}
