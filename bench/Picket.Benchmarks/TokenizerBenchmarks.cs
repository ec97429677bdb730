using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Picket.Models.Tokenization;

namespace Picket.Benchmarks;

/// <summary>
/// 2 MB of English through DeBERTa-v3's vocabulary of 128,000 pieces on one thread, text by text, and its loading. Needs the shared folder.
/// </summary>
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
        string model = Path.Combine(shared, "refs/spm/deberta-v3/spm.model");
        string corpus = Path.Combine(shared, "data/unlabelled/corpus.jsonl.gz");
        if (!File.Exists(model) || !File.Exists(corpus))
        {
            throw new InvalidOperationException($"needs {model} and {corpus}: set PICKET_SHARED to the shared folder");
        }

        _model = File.ReadAllBytes(model);
        _texts = [.. Texts(corpus)];
        _tokenizer = Load();
    }

    [Benchmark]
    public UnigramTokenizer Load() => TokenizerLoader.LoadSentencePiece(_model, "spm.model", new TokenizerOptions { Mode = Mode });

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

    /// <summary>The bytes of UTF-8 that <see cref="Encode"/> reads.</summary>
    public long TextBytes => _texts.Sum(static text => (long)Encoding.UTF8.GetByteCount(text));

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
}
