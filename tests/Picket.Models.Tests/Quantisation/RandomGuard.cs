using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.Quantisation;

/// <summary>A folder as Hugging Face publishes models: two small layers of random weights and a tokenizer of single letters.</summary>
internal sealed class RandomGuard : IDisposable
{
    public const string Layer = "deberta.encoder.layer.1";
    private const int Width = 32;
    private const int Inner = 64;
    private const int Vocabulary = 64;
    private readonly Random _random = new(5);

    public RandomGuard()
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(In(DebertaV2Config.FileName), Config());
        File.WriteAllText(In("tokenizer.json"), Tokenizer());
        Add("deberta.embeddings.word_embeddings.weight", 1, Vocabulary, Width);
        Norm("deberta.embeddings.LayerNorm");
        Add("deberta.encoder.rel_embeddings.weight", 1, 16, Width);
        Norm("deberta.encoder.LayerNorm");
        foreach (string layer in (string[])["deberta.encoder.layer.0", Layer])
        {
            foreach (string name in (string[])["query_proj", "key_proj", "value_proj"])
            {
                Map($"{layer}.attention.self.{name}", Width, Width);
            }

            Map($"{layer}.attention.output.dense", Width, Width);
            Norm($"{layer}.attention.output.LayerNorm");
            Map($"{layer}.intermediate.dense", Inner, Width);
            Map($"{layer}.output.dense", Width, Inner);
            Norm($"{layer}.output.LayerNorm");
        }

        Map("pooler.dense", Width, Width);
        Map("classifier", 2, Width);
        Save();
    }

    public ScratchFolder Scratch { get; } = new();

    public string Path => Scratch["guard"];

    public string Out => Scratch["out"];

    public Dictionary<string, (float[] Values, int[] Shape)> Tensors { get; } = [];

    /// <summary>Mild texts of the letters that the tokenizer knows.</summary>
    public static IReadOnlyList<GuardInput> Texts { get; } =
    [
        new("a walk along the river"), new("bread and soup", "with old friends"), new("it rains today"), new("the kettle sings"),
        new("we read until evening"), new("a quiet garden"), new("clouds", "and some sun"), new("good morning"), new("zebras graze"), new("q"),
    ];

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A file of the texts.</summary>
    public string WriteTexts(string name = "texts.jsonl")
    {
        File.WriteAllLines(Scratch[name], Texts.Select(static (text, row) => JsonSerializer.Serialize(
            new Dictionary<string, string?> { ["id"] = $"{row}", ["prompt"] = text.Prompt, ["response"] = text.Response })));
        return Scratch[name];
    }

    /// <summary>
    /// Gives every row of a feed-forward map one weight that dwarfs the rest, for a column that is next to nothing: floats do not mind, a scale
    /// for the row leaves nothing of the rest.
    /// </summary>
    public void Spoil(string layer = Layer)
    {
        Tensors[$"{layer}.attention.output.LayerNorm.weight"].Values[0] = 1e-6f;
        Tensors[$"{layer}.attention.output.LayerNorm.bias"].Values[0] = 0;
        float[] weights = Tensors[$"{layer}.intermediate.dense.weight"].Values;
        for (int row = 0; row < Inner; row++)
        {
            weights[row * Width] = 1000;
        }

        Save();
    }

    /// <summary>Writes <see cref="Tensors"/>, in one file or spread over several with an index.</summary>
    public void Save(int shards = 1)
    {
        File.Delete(In(TensorSource.FileName));
        for (int shard = 0; shard < shards; shard++)
        {
            using FileStream file = File.Create(In(shards == 1 ? TensorSource.FileName : $"{shard}.safetensors"));
            Safetensors.Write(file, Tensors.Where((_, place) => place % shards == shard)
                .Select(static pair => KeyValuePair.Create(pair.Key, Tensor.From(pair.Value.Values, pair.Value.Shape))));
        }

        if (shards > 1)
        {
            var map = new JsonObject(Tensors.Keys.Select((name, place) => KeyValuePair.Create<string, JsonNode?>(name, $"{place % shards}.safetensors")));
            File.WriteAllText(In(TensorSource.IndexFileName), new JsonObject { ["weight_map"] = map }.ToJsonString());
        }
    }

    /// <summary>A tokenizer.json with the special tokens and the letters.</summary>
    public static string Tokenizer()
    {
        string[] special = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"];
        string[] pieces = [.. special, "\u2581", .. "abcdefghijklmnopqrstuvwxyz".Select(static letter => letter.ToString())];
        return new JsonObject
        {
            ["added_tokens"] = new JsonArray([.. special.Select(static (text, id) => new JsonObject { ["id"] = id, ["content"] = text, ["special"] = true })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "\u2581", ["add_prefix_space"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "Unigram",
                ["unk_id"] = 3,
                ["vocab"] = new JsonArray([.. pieces.Select(static piece => new JsonArray(piece, -3.5))]),
            },
        }.ToJsonString();
    }

    public void Dispose() => Scratch.Dispose();

    private static string Config() => $$"""
        {"model_type":"deberta-v2","vocab_size":{{Vocabulary}},"hidden_size":{{Width}},"num_hidden_layers":2,"num_attention_heads":2,
        "intermediate_size":{{Inner}},"hidden_act":"gelu","pooler_hidden_act":"gelu","norm_rel_ebd":"layer_norm","relative_attention":true,
        "share_att_key":true,"position_biased_input":false,"position_buckets":8,"max_position_embeddings":128,"type_vocab_size":0,
        "pos_att_type":"p2c|c2p","id2label":{"0":"safe","1":"unsafe"} }
        """;

    private void Norm(string name)
    {
        Add($"{name}.weight", 0, Width);
        Add($"{name}.bias", 0, Width);
        Tensors[$"{name}.weight"].Values.AsSpan().Fill(1);
    }

    private void Map(string name, int outputs, int inputs)
    {
        Add($"{name}.weight", 1.5 / Math.Sqrt(inputs), outputs, inputs);
        Add($"{name}.bias", 0.1, outputs);
    }

    private void Add(string name, double deviation, params int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, static (product, dimension) => product * dimension)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        Tensors[name] = (values, shape);
    }
}
