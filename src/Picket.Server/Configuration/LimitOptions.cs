using System.ComponentModel.DataAnnotations;

namespace Picket.Server;

/// <summary>How much one request may hold, and how long the server waits: <c>Picket:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Bytes of a request's body; more are refused (413) without being read. Default: 4 MB.</summary>
    [Range(1024, 1 << 30)]
    public int BodyBytes { get; init; } = 4 << 20;

    /// <summary>UTF-16 units of one text; a longer one is refused (413), never cut. Default: 262,144.</summary>
    [Range(64, 1 << 30)]
    public int TextLength { get; init; } = 1 << 18;

    /// <summary>Texts of one request. Default: 256.</summary>
    [Range(1, 100_000)]
    public int Inputs { get; init; } = 256;

    /// <summary>How deep the JSON of a request may nest. Default: 64.</summary>
    [Range(8, 1000)]
    public int JsonDepth { get; init; } = 64;

    /// <summary>Connections at a time; 0 for no limit. Default: 20,000.</summary>
    [Range(0, 1_000_000)]
    public int Connections { get; init; } = 20_000;

    /// <summary>How long requests that run may still take once the server is told to stop. Default: 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How often the configuration file is looked at for new policies. Default: 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(2);
}
