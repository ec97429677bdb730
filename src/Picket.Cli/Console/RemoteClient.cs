namespace Picket.Cli;

/// <summary>What sends the requests of a command to servers; it lives as long as the process.</summary>
internal static class RemoteClient
{
    private const int MaxAnswerBytes = 4 << 20;

    // A moved service is told rather than followed: the key goes to no host that nobody named.
    private static readonly Lazy<HttpClient> Shared = new(static () => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    });

    public static HttpClient Http => Shared.Value;
}
