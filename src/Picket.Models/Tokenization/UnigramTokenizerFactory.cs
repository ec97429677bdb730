namespace Picket.Models.Tokenization;

/// <summary>Makes a tokenizer of what a file says.</summary>
internal static class UnigramTokenizerFactory
{
    private const double UnknownPenalty = 10;

    public static UnigramTokenizer Create(TokenizerModel model, TokenizerOptions options)
    {
        SpecialTokens special = SpecialTokenNames.Find(model);
        HashSet<int> marks = [model.Unknown, special.Cls, special.Sep, special.Pad, special.Mask];
        marks.UnionWith(model.Added.Where(static token => token.Special).Select(static token => token.Id));
        bool isFast = options.Mode == TokenizerMode.HuggingFaceFast;
        bool marksInText = options.SpecialTokensInText == SpecialTokensInText.Ids && options.Mode != TokenizerMode.SentencePiece;

        // sentencepiece takes the symbols that the model's maker defined into the path itself.
        AddedToken[] cut =
        [
            .. model.Added.Where(token => marks.Contains(token.Id)
                ? marksInText && !(isFast && token.Normalised)
                : isFast),
        ];
        ITextEncoder encoder = isFast
            ? Fast(model, marks, marksInText)
            : new SentencePieceEncoder(
                new SentencePieceNormaliser(model.Characters, Symbols(model, marks), model.Whitespace), SentencePiecePath(model, marks));
        return new UnigramTokenizer(
            model.Vocabulary, model.Added, special, options.Mode, encoder, cut.Length == 0 ? null : new AddedTokenSplitter(cut));
    }

    private static HuggingFaceFastEncoder Fast(TokenizerModel model, HashSet<int> marks, bool marksInText)
    {
        // The library knows no kinds: every piece can be met in a text, and its score counts, were it a mark's 0.
        Vocabulary vocabulary = model.Vocabulary;
        PieceTrie trie = Trie(model, id => marksInText || !marks.Contains(id), lastWins: true);
        double[] scores = vocabulary.Scores.ToArray();
        var path = new UnigramPath<DoubleSum>(
            trie, scores, scores.Min() - UnknownPenalty, model.Unknown, model.ConvertsUnknownInFast ? model.BytePieces : null);
        var normaliser = new ClusterNormaliser(model.Characters, model.CollapsesSpaces);
        var unknownText = new ByteBuffer();
        if (marksInText && model.Added.FirstOrDefault(token => token.Id == model.Unknown && token.Normalised) is { } unknown)
        {
            normaliser.Append(model.Strips ? unknown.Text.AsSpan().Trim() : unknown.Text, unknownText);
        }

        return new HuggingFaceFastEncoder(normaliser, model.Strips, unknownText.Written.ToArray(), model.Unknown, path);
    }

    private static UnigramPath<FloatSum> SentencePiecePath(TokenizerModel model, HashSet<int> marks)
    {
        Vocabulary vocabulary = model.Vocabulary;
        float lowest = float.MaxValue;

        // C's FLT_MIN, where sentencepiece starts: with log probabilities it stays the highest.
        float highest = 1.17549435e-38f;
        double[] scores = vocabulary.Scores.ToArray();
        for (int id = 0; id < scores.Length; id++)
        {
            if (vocabulary.Kind(id) == PieceKind.Normal)
            {
                lowest = Math.Min(lowest, (float)scores[id]);
                highest = Math.Max(highest, (float)scores[id]);
            }
        }

        for (int id = 0; id < scores.Length; id++)
        {
            if (vocabulary.Kind(id) == PieceKind.UserDefined)
            {
                scores[id] = (vocabulary.Text(id).Length * highest) - 0.1;
            }
        }

        PieceTrie trie = Trie(
            model, id => vocabulary.Kind(id) is PieceKind.Normal or PieceKind.UserDefined && !marks.Contains(id), lastWins: false);
        return new UnigramPath<FloatSum>(trie, scores, (float)(lowest - UnknownPenalty), model.Unknown, model.BytePieces);
    }

    private static PieceTrie? Symbols(TokenizerModel model, HashSet<int> marks) =>
        model.Added.Any(token => !marks.Contains(token.Id))
            ? Trie(model, id => model.Vocabulary.Kind(id) == PieceKind.UserDefined && !marks.Contains(id), lastWins: false)
            : null;

    private static PieceTrie Trie(TokenizerModel model, Func<int, bool> isIn, bool lastWins)
    {
        int[] ids = [.. Enumerable.Range(0, model.Vocabulary.Count).Where(isIn)];
        return PieceTrieBuilder.Build(model.Vocabulary, ids, model.File, lastWins);
    }
}
