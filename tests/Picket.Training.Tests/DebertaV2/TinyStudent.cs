using System.Text.Json;
using Picket.Models.DebertaV2;
using Picket.Testing;
using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.Optimisation;

namespace Picket.Training.Tests.DebertaV2;

/// <summary>A folder with the shape of a tiny student and a tokenizer whose pieces are the words of the mild examples.</summary>
internal sealed class TinyStudent : IDisposable
{
    private static readonly string[] s_words =
    [
        "rain", "sunny", "cloud", "storm", "breeze", "drizzle", "snow", "thunder", "bread", "soup", "kettle", "spoon", "butter", "recipe",
        "oven", "pepper", "the", "a", "today", "we", "like", "with", "and", "some", "very", "good",
    ];

    private readonly ScratchFolder _folder = new(inMemory: true);

    public TinyStudent()
    {
        Directory.CreateDirectory(_folder["start"]);
        File.WriteAllBytes(Config, DebertaV2ConfigWriter.Write(Shape));
        WriteTokenizer(Tokenizer, s_words);
    }

    public static DebertaV2Config Shape { get; } = new()
    {
        VocabSize = 40,
        HiddenSize = 16,
        Layers = 2,
        Heads = 2,
        IntermediateSize = 24,
        MaxPositions = 64,
        MaxRelativePositions = 64,
        PositionBuckets = 8,
    };

    public string this[string name] => _folder[name];

    public string Config => _folder["start/config.json"];

    public string Tokenizer => _folder["start/tokenizer.json"];

    /// <summary>Options under which a distillation takes about a second.</summary>
    public DistilOptions Options => new()
    {
        Student = new StudentOptions { From = Config, Threads = 2 },
        Training = new TrainingSettings
        {
            Epochs = 2,
            BatchSize = 16,
            ChunkSize = 8,
            ChunkTokens = 128,
            LearningRate = 5e-3,
            WarmupSteps = 4,
            EvaluateEvery = 7,
            CheckpointEvery = 5,
            HeldOutShare = 0.25,
        },
    };

    public static void WriteTokenizer(string path, IEnumerable<string> words, bool hasMask = true)
    {
        string[] first = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"];
        string[] last = hasMask ? ["[MASK]"] : [];
        object[][] pieces =
        [
            .. first.Select(static piece => new object[] { piece, 0 }),
            ["\u2581", -5],
            .. words.Select(static word => new object[] { "\u2581" + word, -1.5 }),
            .. last.Select(static piece => new object[] { piece, 0 }),
        ];
        int maskId = pieces.Length - 1;
        var added = first.Select(static (text, id) => new { id, content = text, special = true })
            .Concat(last.Select(text => new { id = maskId, content = text, special = true }));
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            model = new { type = "Unigram", unk_id = 3, vocab = pieces },
            normalizer = (object?)null,
            pre_tokenizer = new { type = "Metaspace", replacement = "\u2581", prepend_scheme = "always" },
            added_tokens = added,
        }));
    }

    public void Dispose() => _folder.Dispose();
}
