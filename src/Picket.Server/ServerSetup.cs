namespace Picket.Server;

/// <summary>What a caller decides about a server; everything else is configuration.</summary>
public sealed record ServerSetup
{
    /// <summary>The configuration file, which must exist; <see langword="null"/> for <c>appsettings.json</c> of the working folder, if any.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>
    /// Where to listen, addresses with semicolons between them; goes before file and environment. <see langword="null"/> leaves it to them.
    /// </summary>
    public string? Urls { get; init; }

    /// <summary>Further keys and values that go before file and environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Loads the guards; the server disposes them. Default: as <see cref="ServerOptions.Guards"/> says.</summary>
    public Func<GuardPlaceOptions, CancellationToken, Task<(IGuard Small, IGuard? Large)>>? LoadGuards { get; init; }

    /// <summary>The clock of deadlines, rate limits and timings. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where logs go. Default: standard error, one line each.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
