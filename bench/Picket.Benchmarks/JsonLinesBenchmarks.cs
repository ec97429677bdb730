using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Picket.Data;

namespace Picket.Benchmarks;

/// <summary>Labelled rows of 30 words as JSON Lines: one line parsed, and a file of a thousand read.</summary>
[MemoryDiagnoser]
public class JsonLinesBenchmarks
{
    private readonly byte[] _line = Encoding.UTF8.GetBytes(Line(0));
    private readonly byte[] _file = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 1000).Select(Line)));

    [Benchmark]
    public Example ParseLine() => JsonExampleParser.Parse(_line, "rows.jsonl", 1);

    [Benchmark]
    public async Task<int> ReadThousand()
    {
        int count = 0;
        using var stream = new MemoryStream(_file, writable: false);
        await foreach (Example _ in ExampleReader.ReadAsync(stream, "rows.jsonl"))
        {
            count++;
        }

        return count;
    }

    private static string Line(int i) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"id\":\"row-{i}\",\"prompt\":\"{MildTexts.Words(30)}\",\"unsafe\":{i % 2},\"category\":\"kitchen\"}}");
}
