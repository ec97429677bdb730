using Polly;
using Polly.Retry;

namespace Picket.Chat;

/// <summary>Tries, waits and time limits as <see cref="RemoteOptions"/> say.</summary>
internal static class RemoteTries
{
    /// <summary>
    /// A pipeline that repeats what <paramref name="mayPass"/>, after an exponentially growing wait with jitter or the one that
    /// <paramref name="askedDelay"/> gives, and ends each try after the request timeout.
    /// </summary>
    public static ResiliencePipeline<T> Pipeline<T>(
        RemoteOptions options, TimeProvider clock, Func<Outcome<T>, bool> mayPass, Func<Outcome<T>, TimeSpan?> askedDelay)
    {
        var pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = clock };
        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.MaxDelay,
                ShouldHandle = arguments => new ValueTask<bool>(mayPass(arguments.Outcome)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(askedDelay(arguments.Outcome)),
            });
        }

        return pipeline.AddTimeout(options.RequestTimeout).Build();
    }

    /// <summary>What a message says of tries beyond the first.</summary>
    public static string After(int tries) => tries > 1 ? $"; gave up after {tries} tries" : "";
}
