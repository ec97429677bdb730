namespace Picket.Chat;

/// <summary>An <see cref="HttpClient"/> set up for remote guards and generators.</summary>
public static class RemoteClient
{
    private const int MaxAnswerBytes = 4 << 20;

    // A moved service is told rather than followed: the key goes to no host that nobody named.
    private static readonly Lazy<HttpClient> Client = new(static () => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    });

    /// <summary>
    /// One for the whole process, for any number of threads, and nobody's to dispose: it follows no redirection, takes answers of 4 MiB at
    /// most, and leaves the waits to <see cref="RemoteOptions"/>.
    /// </summary>
    public static HttpClient Shared => Client.Value;
}
