namespace Picket.Models.Tokenization;

/// <summary>Makes tokenizers of files. A damaged or hostile file ends in a <see cref="PicketException"/>.</summary>
public static class TokenizerLoader
{
    private const string SentencePieceName = "spm.model";
    private const string JsonName = "tokenizer.json";

    /// <summary>Loads a sentencepiece model: the content of <c>spm.model</c>.</summary>
    /// <param name="content">The whole file; it is not kept.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="options">The mode and its like; <see langword="null"/> for the defaults.</param>
    /// <exception cref="PicketException">The file is damaged, or no unigram model.</exception>
    public static UnigramTokenizer LoadSentencePiece(ReadOnlyMemory<byte> content, string name, TokenizerOptions? options = null) =>
        UnigramTokenizerFactory.Create(SentencePieceFile.Parse(content.Span, name), options ?? new TokenizerOptions());

    /// <summary>
    /// Loads a <c>tokenizer.json</c> as transformers 4 converts it from an <c>spm.model</c>. It holds no more than
    /// <see cref="TokenizerMode.HuggingFaceFast"/> needs.
    /// </summary>
    /// <param name="content">The whole file; it is not kept.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="options">The mode and its like; <see langword="null"/> for the defaults.</param>
    /// <exception cref="PicketException">The file is damaged, describes another kind of tokenizer, or the options name another mode.</exception>
    public static UnigramTokenizer LoadJson(ReadOnlyMemory<byte> content, string name, TokenizerOptions? options = null)
    {
        options ??= new TokenizerOptions();
        return options.Mode == TokenizerMode.HuggingFaceFast
            ? UnigramTokenizerFactory.Create(TokenizerJsonFile.Parse(content, name), options)
            : throw new PicketException(
                $"{name}: a {JsonName} lacks what the mode {TokenizerModes.Name(options.Mode)} needs; "
                + $"expected an {SentencePieceName} or the mode {TokenizerModes.Name(TokenizerMode.HuggingFaceFast)}");
    }

    /// <summary>Loads the tokenizer of a model's folder: <c>spm.model</c> where there is one, else <c>tokenizer.json</c>.</summary>
    /// <exception cref="PicketException">The folder has neither, or the file cannot be read or is damaged.</exception>
    public static UnigramTokenizer LoadFolder(string folder, TokenizerOptions? options = null)
    {
        string sentencePiece = Path.Combine(folder, SentencePieceName);
        string json = Path.Combine(folder, JsonName);
        return File.Exists(sentencePiece) ? LoadSentencePiece(Read(sentencePiece), sentencePiece, options)
            : File.Exists(json) ? LoadJson(Read(json), json, options)
            : throw new PicketException($"{folder}: expected an {SentencePieceName} or a {JsonName}, found neither");
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }
}
