namespace Picket.Chat;

/// <summary>How a server is called, whatever is asked of it.</summary>
public class RemoteOptions
{
    /// <summary>The defaults.</summary>
    public RemoteOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    public RemoteOptions(RemoteOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Model = other.Model;
        ApiKey = other.ApiKey;
        MaxConcurrency = other.MaxConcurrency;
        MaxRetries = other.MaxRetries;
        FirstDelay = other.FirstDelay;
        MaxDelay = other.MaxDelay;
        RequestTimeout = other.RequestTimeout;
    }

    /// <summary>The request's <c>model</c>; <see langword="null"/> (the default) leaves the choice to the server.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Sent as a bearer token; <see langword="null"/> (the default) sends none. It stands in no message and no log. See
    /// <see cref="RemoteKey.Read"/>.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>Requests under way at a time, over all calls, 1 to 1024. Default: 8.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>Further tries of a request that failed for a reason that may pass, 0 to 100. Default: 6.</summary>
    public int MaxRetries { get; init; } = 6;

    /// <summary>The wait before the second try, about; each further one is about twice as long. Above 0. Default: 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries, also where the server asks for a longer one. Default: 60 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time one try may take until its answer is read, 10 ms to a day. Default: 60 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is out of its range; none when all is well. No message holds the key.</summary>
    public virtual IEnumerable<string> Faults()
    {
        if (ApiKey is not null && !RemoteKey.IsValid(ApiKey))
        {
            yield return RemoteKey.Fault;
        }

        if (MaxConcurrency is < 1 or > 1024)
        {
            yield return $"concurrency: expected 1 to 1024, found {MaxConcurrency}";
        }

        if (MaxRetries is < 0 or > 100)
        {
            yield return $"retries: expected 0 to 100, found {MaxRetries}";
        }

        if (FirstDelay <= TimeSpan.Zero || MaxDelay < FirstDelay || MaxDelay > TimeSpan.FromDays(1))
        {
            yield return $"delays: expected 0 < first <= longest <= 1 day, found {FirstDelay} and {MaxDelay}";
        }

        if (RequestTimeout < TimeSpan.FromMilliseconds(10) || RequestTimeout > TimeSpan.FromDays(1))
        {
            yield return $"request timeout: expected 10 ms to 1 day, found {RequestTimeout}";
        }
    }

    /// <summary>Throws when something is out of its range, all of it in one line.</summary>
    internal void Check(string server)
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new PicketException($"{server}: {string.Join("; ", faults)}");
        }
    }
}
