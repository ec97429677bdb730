using System.Text.Json;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.DebertaV2;

/// <summary>A folder as Hugging Face publishes models: a tiny random network whose tokens are the words "a" to "z".</summary>
internal sealed class TinyFolder : IDisposable
{
    public const int Hidden = 16;
    public const int Window = 128;
    private const string Config = """
        {"model_type": "deberta-v2", "vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
         "intermediate_size": 32, "hidden_act": "gelu", "max_position_embeddings": 128, "position_buckets": 4, "relative_attention": true,
         "share_att_key": true, "norm_rel_ebd": "layer_norm", "position_biased_input": false, "pos_att_type": "p2c|c2p",
         "type_vocab_size": 0, "pooler_hidden_act": "gelu", "pooler_hidden_size": 16, "layer_norm_eps": 1e-7}
        """;

    private readonly ScratchFolder _folder = new();
    private readonly Random _random = new(5);

    public TinyFolder(Action<Dictionary<string, Tensor>>? change = null)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(PathOf("config.json"), Config);
        object[][] words = [.. Enumerable.Range('a', 26).Select(static letter => new object[] { $"\u2581{(char)letter}", -1.5 })];
        object[][] pieces = [["[PAD]", 0], ["[CLS]", 0], ["[SEP]", 0], ["[UNK]", 0], ["\u2581", -5], .. words];
        File.WriteAllText(PathOf("tokenizer.json"), JsonSerializer.Serialize(new
        {
            model = new { type = "Unigram", unk_id = 3, vocab = pieces },
            normalizer = (object?)null,
            pre_tokenizer = new { type = "Metaspace", replacement = "\u2581", prepend_scheme = "always" },
            added_tokens = ((string[])["[PAD]", "[CLS]", "[SEP]", "[UNK]"]).Select(static (text, id) => new { id, content = text, special = true }),
        }));
        Dictionary<string, Tensor> tensors = Tensors();
        change?.Invoke(tensors);
        using FileStream weights = File.Create(PathOf("model.safetensors"));
        Safetensors.Write(weights, tensors);
    }

    public string Path => _folder["tiny"];

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public DebertaV2Guard Load(int passTokens = 1024) => DebertaV2Guard.Load(
        Picket.Models.Bundles.Bundle.Open(Path),
        new DebertaV2GuardOptions { PassTokens = passTokens, Compute = new Compute.ComputeOptions { Threads = 2 } });

    /// <summary>A text of that many tokens.</summary>
    public static string Words(int count, int from = 0) =>
        string.Join(' ', Enumerable.Range(from, count).Select(static i => (char)('a' + (i * 7 % 26))));

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor>();
        Add("deberta.embeddings.word_embeddings.weight", 40, Hidden);
        AddNorm("deberta.embeddings.LayerNorm");
        Add("deberta.encoder.rel_embeddings.weight", 8, Hidden);
        AddNorm("deberta.encoder.LayerNorm");
        for (int layer = 0; layer < 2; layer++)
        {
            string name = $"deberta.encoder.layer.{layer}";
            foreach (string projection in (string[])["query_proj", "key_proj", "value_proj"])
            {
                AddLinear($"{name}.attention.self.{projection}", Hidden, Hidden);
            }

            AddLinear($"{name}.attention.output.dense", Hidden, Hidden);
            AddNorm($"{name}.attention.output.LayerNorm");
            AddLinear($"{name}.intermediate.dense", 32, Hidden);
            AddLinear($"{name}.output.dense", Hidden, 32);
            AddNorm($"{name}.output.LayerNorm");
        }

        AddLinear("pooler.dense", Hidden, Hidden);
        AddLinear("classifier", 2, Hidden);
        return tensors;

        void AddLinear(string name, int outputs, int inputs)
        {
            Add($"{name}.weight", outputs, inputs);
            Add($"{name}.bias", outputs);
        }

        void AddNorm(string name)
        {
            Add($"{name}.weight", Hidden);
            Add($"{name}.bias", Hidden);
        }

        void Add(string name, params int[] shape)
        {
            int count = shape.Aggregate(1, static (product, size) => product * size);
            float[] values = [.. Enumerable.Range(0, count).Select(_ => _random.NextSingle() - 0.5f)];
            tensors.Add(name, Tensor.From(values, shape));
        }
    }
}
