namespace Picket.Server;

/// <summary>Bounds the tokens of all requests that wait or run; what is beyond is refused at once, not queued.</summary>
/// <remarks>
/// At the door and not in front of a guard: a request that is let in runs to its end, and a full queue is never taken for a guard's failure, nor
/// cuts a stream that has begun.
/// </remarks>
internal sealed class LoadGate(QueueOptions options)
{
    private long _tokens;

    /// <summary>Tokens inside.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>Lets a request in; dispose what comes back when it ends.</summary>
    /// <exception cref="RequestFault">The server is full. An empty one lets in anything.</exception>
    public IDisposable Enter(long tokens)
    {
        long inside = Interlocked.Add(ref _tokens, tokens);
        if (inside > options.Tokens && inside != tokens)
        {
            Interlocked.Add(ref _tokens, -tokens);
            throw new RequestFault(StatusCodes.Status429TooManyRequests, FaultCode.QueueFull, "the queue is full")
            {
                RetryAfter = options.RetryAfter,
            };
        }

        return new Place(this, tokens);
    }

    private sealed class Place(LoadGate gate, long tokens) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Add(ref gate._tokens, -tokens);
            }
        }
    }
}
