using System.Globalization;
using System.Text.Json;

namespace Picket.Load;

/// <summary>What was measured.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value)> _rows = [];

    public void Add(string name, double value) => _rows.Add((name, Math.Round(value, 3)));

    /// <summary>A line each, and all of them as one line of JSON.</summary>
    public void Print(string measurement)
    {
        foreach ((string name, double value) in _rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {value,14:0.###}"));
        }

        Console.WriteLine(JsonSerializer.Serialize(
            new { measurement, cores = Environment.ProcessorCount, figures = _rows.ToDictionary(static row => row.Name, static row => row.Value) }));
    }
}
