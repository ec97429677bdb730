using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Models.Tokenization;
using Picket.Training.Optimisation;
using Picket.Training.Pretraining;

namespace Picket.Training.DebertaV2;

/// <summary>What a student starts from, read and checked: shape, tokenizer, and where weights come from.</summary>
/// <param name="Config">
/// The shape, whose <c>max_position_embeddings</c> is that of <see cref="StudentOptions.MaxTokens"/> where that is longer: the model has no
/// absolute positions, and HarmAug makes 1,024 of DeBERTa-v3's 512 so, too. The spread of the position buckets grows with it as in Hugging
/// Face's code.
/// </param>
/// <param name="Weights">The folder of the weights; <see langword="null"/> for random ones.</param>
/// <param name="Tokenizer">The tokenizer, whose ids the shape has rows for.</param>
/// <param name="TokenizerMode">Its mode, as <c>guard.json</c> names it.</param>
/// <param name="TokenizerFiles">Its files and those that Hugging Face lays beside them.</param>
/// <param name="MaxTokens">Tokens of an input.</param>
/// <param name="Normalise">Whether texts are normalised, unless the options say otherwise.</param>
internal sealed record StudentStart(
    DebertaV2Config Config,
    string? Weights,
    UnigramTokenizer Tokenizer,
    string TokenizerMode,
    IReadOnlyList<string> TokenizerFiles,
    int MaxTokens,
    bool Normalise)
{
    private const int HeadSeed = 42;

    private static readonly string[] s_companions = ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"];

    /// <summary>SHA-256 of the tokenizer's file.</summary>
    public string TokenizerHash { get; } = TrainingIdentity.Hash(File.ReadAllBytes(TokenizerFiles[0]));

    /// <summary>Reads what the options name.</summary>
    /// <exception cref="PicketException">A file is absent or damaged, or they do not fit each other.</exception>
    public static StudentStart Open(StudentOptions options)
    {
        bool hasWeights = Directory.Exists(options.From);
        if (!hasWeights && !File.Exists(options.From))
        {
            throw new PicketException($"{options.From}: expected a folder of Hugging Face's or a {DebertaV2Config.FileName}, found neither");
        }

        string folder = hasWeights ? options.From : Path.GetDirectoryName(Path.GetFullPath(options.From))!;
        DebertaV2Config config = DebertaV2Config.Read(hasWeights ? Path.Combine(folder, DebertaV2Config.FileName) : options.From);
        GuardManifest? manifest = hasWeights && File.Exists(Path.Combine(folder, GuardManifest.FileName)) ? Bundle.Open(folder).Manifest : null;
        RequireUnsafeSecond(folder, config, manifest);
        string mode = manifest?.Deberta?.Tokenizer ?? DebertaV2Settings.HuggingFaceFast;
        string source = options.Tokenizer.Length > 0 ? options.Tokenizer : folder;
        (UnigramTokenizer tokenizer, string file) = LoadTokenizer(source, mode);
        RequireFit(tokenizer, file, config, folder, hasWeights, own: options.Tokenizer.Length == 0);
        int maxTokens = options.MaxTokens > 0 ? options.MaxTokens : config.MaxPositions;
        return new StudentStart(
            Stretched(config, maxTokens),
            hasWeights ? folder : null,
            tokenizer,
            mode,
            [file, .. s_companions.Select(name => Path.Combine(Path.GetDirectoryName(file)!, name)).Where(File.Exists)],
            maxTokens,
            manifest?.Normalise ?? (hasWeights ? PretrainingCard.Normalised(folder) : true));
    }

    /// <summary>
    /// Fills a model: with random values by the seed; or with the weights', where those that they lack begin alike whatever the seed, so that
    /// the students of one encoder can be averaged.
    /// </summary>
    /// <returns>The names of parameters that the weights lack.</returns>
    public IReadOnlyList<string> Fill(TrainableDebertaV2 model, int seed)
    {
        if (Weights is null)
        {
            model.Initialise(seed);
            return [];
        }

        model.Initialise(HeadSeed);
        using TensorSource source = TensorSource.Open(Weights);
        return model.Load(source);
    }

    private static DebertaV2Config Stretched(DebertaV2Config config, int maxTokens) => maxTokens <= config.MaxPositions
        ? config
        : config with
        {
            MaxPositions = maxTokens,
            MaxRelativePositions = config.MaxRelativePositions == config.MaxPositions ? maxTokens : config.MaxRelativePositions,
        };

    private static void RequireUnsafeSecond(string folder, DebertaV2Config config, GuardManifest? manifest)
    {
        if (config.Labels.Count != 2)
        {
            throw new PicketException(
                $"{Path.Combine(folder, DebertaV2Config.FileName)}, field \"id2label\": expected two classes, the second one unsafe, "
                + $"found {config.Labels.Count}");
        }

        if (manifest?.Deberta is { UnsafeLabel: not 1 } settings)
        {
            throw new PicketException(
                $"{Path.Combine(folder, GuardManifest.FileName)}, field \"deberta\": unsafe_label: expected 1, the second class, to train from, "
                + $"found {settings.UnsafeLabel}");
        }
    }

    private static (UnigramTokenizer Tokenizer, string File) LoadTokenizer(string source, string mode)
    {
        const string SentencePiece = "spm.model";
        const string Json = "tokenizer.json";
        string file = Path.GetFullPath(source);
        if (Directory.Exists(source))
        {
            file = Path.Combine(file, File.Exists(Path.Combine(file, SentencePiece)) ? SentencePiece : Json);
        }

        if (!File.Exists(file))
        {
            throw new PicketException(
                $"{source}: expected a tokenizer, {SentencePiece} or {Json}, found none; the option tokenizer names another place");
        }

        byte[] content = File.ReadAllBytes(file);
        var options = new TokenizerOptions { Mode = TokenizerModes.Parse(mode, "tokenizer") };
        return (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? TokenizerLoader.LoadJson(content, file, options)
            : TokenizerLoader.LoadSentencePiece(content, file, options), file);
    }

    private static void RequireFit(UnigramTokenizer tokenizer, string file, DebertaV2Config config, string folder, bool hasWeights, bool own)
    {
        if (tokenizer.Special is not { Cls: >= 0, Sep: >= 0 })
        {
            throw new PicketException($"{file}: expected a [CLS] and a [SEP], found none");
        }

        int most = config.VocabSize;
        if (tokenizer.VocabularySize > most)
        {
            throw new PicketException(
                $"{file}: expected at most vocab_size of {DebertaV2Config.FileName}, {most} tokens, found {tokenizer.VocabularySize}");
        }

        // Published tables have some rows that no token uses, 99 of DeBERTa-v3's 128,100; tables are filled up to round numbers.
        if (hasWeights && most - tokenizer.VocabularySize > Math.Max(128, most / 10))
        {
            throw new PicketException(
                $"{file}: expected the tokenizer of the weights in {folder}, which have {most} rows of tokens, "
                + $"found one of {tokenizer.VocabularySize}");
        }

        bool hasOwn = File.Exists(Path.Combine(folder, "spm.model")) || File.Exists(Path.Combine(folder, "tokenizer.json"));
        if (hasWeights && !own && hasOwn)
        {
            (UnigramTokenizer expected, string ownFile) = LoadTokenizer(folder, TokenizerModes.Name(tokenizer.Mode));
            int id = Enumerable.Range(0, Math.Min(expected.VocabularySize, tokenizer.VocabularySize))
                .FirstOrDefault(token => expected.Piece(token) != tokenizer.Piece(token), -1);
            if (id >= 0 || expected.VocabularySize != tokenizer.VocabularySize)
            {
                string where = id >= 0 ? $"another piece {id}" : $"{tokenizer.VocabularySize} pieces in place of {expected.VocabularySize}";
                throw new PicketException($"{file}: expected the pieces of {ownFile}, which the weights were trained with, found {where}");
            }
        }
    }
}
