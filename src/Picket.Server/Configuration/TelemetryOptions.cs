using System.ComponentModel.DataAnnotations;

namespace Picket.Server;

/// <summary>Where traces and metrics are sent: <c>Picket:Telemetry</c>. Metrics can be read at <c>/metrics</c> all the same.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// The address of a collector that takes OTLP over HTTP, as <c>http://localhost:4318</c>; <c>/v1/traces</c> and <c>/v1/metrics</c> are added.
    /// Headers that it wants, such as a key, stand in the environment variable <c>OTEL_EXPORTER_OTLP_HEADERS</c>. Default: none, and nothing is sent.
    /// </summary>
    public string Endpoint { get; init; } = "";

    /// <summary>What the collector calls this server. Default: <c>picket</c>.</summary>
    public string ServiceName { get; init; } = "picket";

    /// <summary>The share of requests whose traces are sent; where the client names a trace, its own decision holds. Default: 1.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; init; } = 1;

    /// <summary>How often metrics are sent. Default: 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The collector's address; <see langword="null"/> when it is none.</summary>
    internal Uri? Address =>
        Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>What is wrong beyond the ranges; none when all is well.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Endpoint.Length > 0 && Address is null)
        {
            yield return $"{nameof(Endpoint)}: expected an address that begins with http:// or https://, found another text";
        }

        if (ServiceName.Length == 0)
        {
            yield return $"{nameof(ServiceName)}: expected a name, found none";
        }
    }
}
