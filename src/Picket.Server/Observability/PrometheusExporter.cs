using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Picket.Server;

/// <summary>Keeps the server's measurements and writes them in the text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusExporter : IDisposable
{
    // Tags come from the configuration; a bound all the same, for memory is not a thing to trust in that.
    private const int MaxSeries = 2000;

    private readonly ConcurrentDictionary<Instrument, PrometheusFamily> _families = new();
    private readonly MeterListener _listener = new();

    /// <summary>Listens from now on to the meters of <paramref name="metrics"/>.</summary>
    public PrometheusExporter(ServerMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServerMetrics.Name && ReferenceEquals(instrument.Meter.Scope, metrics.Scope))
            {
                _families[instrument] = new PrometheusFamily(instrument, MaxSeries);
                listener.EnableMeasurementEvents(instrument, _families[instrument]);
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((PrometheusFamily)family!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((PrometheusFamily)family!).Add(value, tags));
        _listener.Start();
    }

    /// <summary>All families, by their names.</summary>
    public string Write()
    {
        foreach (PrometheusFamily gauge in _families.Values.Where(static family => family.IsGauge))
        {
            gauge.Clear();
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (PrometheusFamily family in _families.Values.OrderBy(static family => family.Name, StringComparer.Ordinal))
        {
            family.Write(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>A number as the format has it.</summary>
    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
