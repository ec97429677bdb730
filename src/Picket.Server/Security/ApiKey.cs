namespace Picket.Server;

/// <summary>One API key.</summary>
internal sealed class ApiKey(string name, KeyOptions options, TimeProvider clock)
{
    /// <summary>Its name in the configuration; of the key itself nothing is kept.</summary>
    public string Name => name;

    public byte[] Hash { get; } = Convert.FromHexString(options.Hash);

    /// <summary>Counts its requests; <see langword="null"/> without a limit.</summary>
    public RateLimit? Limit { get; } = options.RequestsPerMinute == 0 ? null : new RateLimit(options.RequestsPerMinute, clock);

    public bool Opens(KeyScope scope) => options.Scopes.Contains(scope);
}
