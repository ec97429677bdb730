namespace Picket.Server;

/// <summary>Bounds the tokens of all requests that wait or run; what is beyond is refused at once, not queued.</summary>
/// <remarks>
/// At the door and not in front of a guard: a request that is let in runs to its end, and a full queue is never taken for a guard's failure, nor
/// cuts a stream that has begun. What such a request has in the guards beyond its own tokens counts for the next ones at the door.
/// </remarks>
internal sealed class LoadGate(QueueOptions options)
{
    private static readonly AsyncLocal<Place?> Local = new();
    private long _tokens;

    /// <summary>The place of the request that is being answered; it follows the request's calls.</summary>
    public static Place? Current => Local.Value;

    /// <summary>Tokens inside.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>Lets a request in; dispose what comes back when it ends.</summary>
    /// <exception cref="RequestFault">The server is full. An empty one lets in anything.</exception>
    public Place Enter(long tokens)
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

        return Local.Value = new Place(this, tokens);
    }

    /// <summary>Tokens that leave when it is disposed.</summary>
    internal sealed class Place(LoadGate gate, long tokens) : IDisposable
    {
        private int _left;

        /// <summary>Counts what goes beyond this place's tokens, until it is disposed; <see langword="null"/> when nothing does.</summary>
        public IDisposable? Beyond(long inGuard)
        {
            long more = inGuard - tokens;
            if (more <= 0)
            {
                return null;
            }

            Interlocked.Add(ref gate._tokens, more);
            return new Place(gate, more);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Add(ref gate._tokens, -tokens);
            }
        }
    }
}
