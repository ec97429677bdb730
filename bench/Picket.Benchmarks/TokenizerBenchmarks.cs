using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Picket.Models.Tokenization;

namespace Picket.Benchmarks;

/// <summary>
/// 2 MB of English through DeBERTa-v3's vocabulary of 128,000 pieces on one thread, text by text, and the loading of that vocabulary. Needs the
/// shared folder; without it the benchmarks say so and measure nothing.
/// </summary>
[Config(typeof(MegabytesASecond))]
[MemoryDiagnoser]
public class TokenizerBenchmarks
{
    private const int Bytes = 2_000_000;
    private readonly TokenBuffer _ids = new();
    private byte[] _model = [];
    private string[] _texts = [];
    private UnigramTokenizer? _tokenizer;

    [Params(TokenizerMode.HuggingFaceFast, TokenizerMode.SentencePiece, TokenizerMode.HuggingFaceSlow)]
    public TokenizerMode Mode { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string shared = Environment.GetEnvironmentVariable("PICKET_SHARED") ?? "../shared";
        string model = Path.GetFullPath(Path.Combine(shared, "refs/spm/deberta-v3/spm.model"));
        string corpus = Path.GetFullPath(Path.Combine(shared, "data/unlabelled/corpus.jsonl.gz"));
        if (!File.Exists(model) || !File.Exists(corpus))
        {
            Console.WriteLine($"// skipped: needs {model} and {corpus}; set PICKET_SHARED to the shared folder");
            return;
        }

        _model = File.ReadAllBytes(model);
        _texts = [.. Texts(corpus)];
        _tokenizer = Load();
    }

    [Benchmark]
    public UnigramTokenizer? Load() => _model.Length == 0
        ? null
        : TokenizerLoader.LoadSentencePiece(_model, "spm.model", new TokenizerOptions { Mode = Mode });

    [Benchmark]
    public int Encode()
    {
        int count = 0;
        foreach (string text in _texts)
        {
            _ids.Clear();
            count += _tokenizer!.Encode(text, _ids);
        }

        return count;
    }

    private static IEnumerable<string> Texts(string corpus)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(corpus), CompressionMode.Decompress));
        for (long bytes = 0; bytes < Bytes && reader.ReadLine() is { } line;)
        {
            using JsonDocument row = JsonDocument.Parse(line);
            string text = row.RootElement.GetProperty("text").GetString()!;
            bytes += Encoding.UTF8.GetByteCount(text);
            yield return text;
        }
    }

    private sealed class MegabytesASecond : ManualConfig
    {
        public MegabytesASecond() => AddColumn(StatisticColumn.Median, new MegabytesColumn());
    }

    /// <summary>Text encoded a second, by the median: other work on the machine pulls the mean.</summary>
    private sealed class MegabytesColumn : IColumn
    {
        public string Id => "MB/s";

        public string ColumnName => "MB/s";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Megabytes of text encoded a second, by the median";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            benchmarkCase.Descriptor.WorkloadMethod.Name == nameof(Encode) && summary[benchmarkCase]?.ResultStatistics is { } statistics
                ? $"{Bytes * 1e3 / statistics.Median:F1}"
                : "-";
    }
}
