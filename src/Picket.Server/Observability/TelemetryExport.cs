using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Picket.Server;

/// <summary>Sends traces and metrics to a collector, if the configuration names one. Disposed, it sends what is left.</summary>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>The sources of spans: the cascade's, the guards' and the server's.</summary>
    public static readonly string[] Sources = ["Picket", "Picket.Models", ServerMetrics.Name];

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public TelemetryExport(TelemetryOptions options)
    {
        if (options.Address is not { } collector)
        {
            return;
        }

        ResourceBuilder service = ResourceBuilder.CreateDefault().AddService(options.ServiceName);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(service)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
            .AddSource(Sources)
            .AddOtlpExporter(otlp => Address(otlp, collector, "traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(service)
            .AddMeter(ServerMetrics.Name)
            .AddOtlpExporter((otlp, reader) =>
            {
                Address(otlp, collector, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
            })
            .Build();
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static void Address(OtlpExporterOptions otlp, Uri collector, string signal)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
