using System.Diagnostics.Metrics;
using System.Text;

namespace Picket.Server;

/// <summary>One instrument's measurements: a sum, a last value or a histogram for each set of tags.</summary>
internal sealed class PrometheusFamily
{
    private readonly Lock _gate = new();
    private readonly Dictionary<KeyValuePair<string, object?>[], Series> _series = new(MetricTags.Comparer);
    private readonly IReadOnlyList<double> _bounds;
    private readonly string _kind;
    private readonly string? _help;
    private readonly int _maxSeries;

    public PrometheusFamily(Instrument instrument, int maxSeries)
    {
        _maxSeries = maxSeries;
        _help = instrument.Description;
        _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
        _kind = instrument.IsObservable ? "gauge" : _bounds.Count > 0 ? "histogram" : "counter";
        string unit = instrument.Unit == "s" ? "_seconds" : "";
        Name = instrument.Name.Replace('.', '_') + unit + (_kind == "counter" ? "_total" : "");
    }

    public string Name { get; }

    public bool IsGauge => _kind == "gauge";

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            Dictionary<KeyValuePair<string, object?>[], Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> known =
                _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
            if (!known.TryGetValue(tags, out Series? series))
            {
                if (_series.Count >= _maxSeries)
                {
                    return;
                }

                known[tags] = series = new Series(Labels(tags), new long[_bounds.Count]);
            }

            series.Sum = IsGauge ? value : series.Sum + value;
            series.Count++;
            for (int i = _bounds.Count - 1; i >= 0 && value <= _bounds[i]; i--)
            {
                series.Buckets[i]++;
            }
        }
    }

    /// <summary>Forgets all series: a gauge whose tags have changed is no more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _series.Clear();
        }
    }

    public void Write(StringBuilder text)
    {
        text.Append($"# HELP {Name} {_help}\n# TYPE {Name} {_kind}\n");
        lock (_gate)
        {
            foreach (Series series in _series.Values.OrderBy(static series => series.Labels, StringComparer.Ordinal))
            {
                Write(text, series.Labels, series);
            }
        }
    }

    private void Write(StringBuilder text, string labels, Series series)
    {
        string braced = labels.Length == 0 ? "" : $"{{{labels}}}";
        if (_bounds.Count == 0)
        {
            text.Append($"{Name}{braced} {PrometheusExporter.Number(series.Sum)}\n");
            return;
        }

        string before = labels.Length == 0 ? "" : $"{labels},";
        for (int i = 0; i < _bounds.Count; i++)
        {
            text.Append($"{Name}_bucket{{{before}le=\"{PrometheusExporter.Number(_bounds[i])}\"}} {series.Buckets[i]}\n");
        }

        text.Append($"{Name}_bucket{{{before}le=\"+Inf\"}} {series.Count}\n");
        text.Append($"{Name}_sum{braced} {PrometheusExporter.Number(series.Sum)}\n{Name}_count{braced} {series.Count}\n");
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach ((string name, object? value) in tags)
        {
            string escaped = (value?.ToString() ?? "").Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", @"\n");
            text.Append(text.Length == 0 ? "" : ",").Append($"{name.Replace('.', '_')}=\"{escaped}\"");
        }

        return text.ToString();
    }

    private sealed class Series(string labels, long[] buckets)
    {
        public string Labels => labels;

        /// <summary>How many values are at most each bound; Prometheus counts cumulatively.</summary>
        public long[] Buckets => buckets;

        public double Sum { get; set; }

        public long Count { get; set; }
    }
}
