using Picket.Models.Bundles;
using Picket.Models.Tokenization;

namespace Picket.Models.DebertaV2;

/// <summary>Loads the tokenizer of a guard's bundle and checks that the network knows its tokens.</summary>
internal static class BundleTokenizer
{
    /// <summary>The file that counts where both are there.</summary>
    public const string SentencePieceName = "spm.model";

    /// <summary>The other file that a tokenizer may be in.</summary>
    public const string JsonName = "tokenizer.json";

    public static UnigramTokenizer Load(Bundle bundle, DebertaV2Settings settings, DebertaV2Config config)
    {
        string manifest = Path.Combine(bundle.Folder, GuardManifest.FileName);
        var options = new TokenizerOptions { Mode = TokenizerModes.Parse(settings.Tokenizer, $"{manifest}, field \"deberta\": tokenizer") };
        string name = bundle.Has(SentencePieceName) ? SentencePieceName
            : bundle.Has(JsonName) ? JsonName
            : throw new PicketException($"{bundle.Folder}: expected an {SentencePieceName} or a {JsonName}, found neither");
        string path = Path.Combine(bundle.Folder, name);
        UnigramTokenizer tokenizer = name == SentencePieceName
            ? TokenizerLoader.LoadSentencePiece(bundle.Read(name), path, options)
            : TokenizerLoader.LoadJson(bundle.Read(name), path, options);
        if (tokenizer.VocabularySize > config.VocabSize)
        {
            throw new PicketException(
                $"{path}: expected at most vocab_size of {DebertaV2Config.FileName}, {config.VocabSize} tokens, found {tokenizer.VocabularySize}");
        }

        return tokenizer.Special is { Cls: >= 0, Sep: >= 0 }
            ? tokenizer
            : throw new PicketException($"{path}: expected a [CLS] and a [SEP], found none");
    }
}
