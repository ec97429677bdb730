using System.Diagnostics;

namespace Picket.Chat;

/// <summary>An <see cref="HttpClient"/> set up for remote guards and generators.</summary>
/// <remarks>It follows no redirection, takes answers of 4 MiB at most, and leaves the waits to <see cref="RemoteOptions"/>.</remarks>
public static class RemoteClient
{
    private const int MaxAnswerBytes = 4 << 20;

    private static readonly Lazy<HttpClient> Client = new(static () => Create());

    /// <summary>One for the whole process, for any number of threads, and nobody's to dispose.</summary>
    public static HttpClient Shared => Client.Value;

    /// <summary>One of the caller's own, to dispose after the guards that use it.</summary>
    /// <param name="traces">What it tells servers of the trace that a request belongs to; .NET's default when <see langword="null"/>.</param>
    public static HttpClient Create(DistributedContextPropagator? traces = null)
    {
        // A moved service is told rather than followed: the key goes to no host that nobody named.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        handler.ActivityHeadersPropagator = traces ?? handler.ActivityHeadersPropagator;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }
}
