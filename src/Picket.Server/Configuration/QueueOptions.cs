using System.ComponentModel.DataAnnotations;

namespace Picket.Server;

/// <summary>How requests share the guards: <c>Picket:Queue</c>. Tokens are estimated, four UTF-16 units each.</summary>
public sealed class QueueOptions
{
    /// <summary>Tokens of all requests that wait or run; a request beyond them is refused (429). Default: 262,144.</summary>
    [Range(1, 1 << 30)]
    public int Tokens { get; init; } = 1 << 18;

    /// <summary>Tokens that a guard is given at a time, from however many requests. Default: 4,096.</summary>
    [Range(1, 1 << 20)]
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Batches a guard works on at a time: with two, one is tokenised while the other is computed. Default: 2.</summary>
    [Range(1, 64)]
    public int Batches { get; init; } = 2;

    /// <summary>What <c>Retry-After</c> says when the queue is full. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
