using System.Text;
using System.Text.Json;

namespace Picket.Models.Tokenization;

/// <summary>Reads the <c>tokenizer.json</c> of a unigram model: <c>model</c>, <c>normalizer</c>, <c>pre_tokenizer</c>, <c>added_tokens</c>.</summary>
internal sealed class TokenizerJsonFile
{
    private readonly string _name;
    private readonly Vocabulary _vocabulary;

    private TokenizerJsonFile(string name)
    {
        _name = name;
        _vocabulary = new Vocabulary(name);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="PicketException">The file is damaged, or describes another kind of tokenizer.</exception>
    public static TokenizerModel Parse(ReadOnlyMemory<byte> content, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return new TokenizerJsonFile(name).Read(new JsonField(document.RootElement, name));
        }
        catch (JsonException fault)
        {
            throw new PicketException(
                $"{name}, line {fault.LineNumber + 1}: expected a JSON object, found a fault at byte {fault.BytePositionInLine}", fault);
        }
        catch (Exception fault) when (fault is InvalidOperationException or DecoderFallbackException)
        {
            throw new PicketException($"{name}: expected texts in well-formed Unicode, found others", fault);
        }
    }

    private TokenizerModel Read(JsonField root)
    {
        JsonField model = root["model"];
        model["type"].RequireText("Unigram");
        ReadPieces(model["vocab"]);
        int unknown = model["unk_id"].Int32(0, _vocabulary.Count - 1);
        bool byteFallback = model.TryGet("byte_fallback", out JsonField fallback) && fallback.Bool();
        RequireMetaspace(root["pre_tokenizer"]);
        (bool strips, CharacterMap? characters, bool collapses) = JsonNormaliser.Read(root["normalizer"]);
        return new TokenizerModel(_name, _vocabulary)
        {
            Unknown = unknown,
            Added = Added(root, unknown),
            Characters = characters,
            Strips = strips,
            CollapsesSpaces = collapses,
            BytePieces = byteFallback ? BytePieces.Find(_vocabulary, PieceKind.Normal, _name) : null,
            ConvertsUnknownInFast = byteFallback,
        };
    }

    private void ReadPieces(JsonField pieces)
    {
        foreach (JsonElement piece in pieces.Array())
        {
            if (piece.ValueKind != JsonValueKind.Array || piece.GetArrayLength() != 2 || piece[0].ValueKind != JsonValueKind.String
                || piece[1].ValueKind != JsonValueKind.Number || !piece[1].TryGetDouble(out double score))
            {
                throw new PicketException($"{_name}, field \"model.vocab\", piece {_vocabulary.Count}: expected [text, score], found another value");
            }

            _vocabulary.Add(Encoding.UTF8.GetBytes(piece[0].GetString()!), score, PieceKind.Normal);
        }
    }

    private List<AddedToken> Added(JsonField root, int unknown)
    {
        var added = new List<AddedToken>();
        if (!root.TryGet("added_tokens", out JsonField tokens))
        {
            return added;
        }

        int count = tokens.Array().Count();
        foreach (JsonElement element in tokens.Array())
        {
            var token = new JsonField(element, _name, $"added_tokens[{added.Count}]");
            int id = token["id"].Int32(0, _vocabulary.Count + count - 1);
            bool normalised = token.TryGet("normalized", out JsonField isNormalised) && isNormalised.Bool();
            bool special = token.TryGet("special", out JsonField isSpecial) && isSpecial.Bool();
            if (token.TryGet("single_word", out JsonField singleWord) && singleWord.Bool())
            {
                throw new PicketException($"{singleWord.Where}: expected false, found true, which is not supported");
            }

            if (normalised && !special && id != unknown)
            {
                throw new PicketException($"{isNormalised.Where}: expected false for a token that is not special, found true");
            }

            string text = token["content"].Text();
            if (text.Length == 0)
            {
                throw new PicketException($"{token["content"].Where}: expected a text, found none");
            }

            added.Add(new AddedToken(
                text, id, special, normalised && id == unknown,
                token.TryGet("lstrip", out JsonField left) && left.Bool(), token.TryGet("rstrip", out JsonField right) && right.Bool()));
        }

        return added;
    }

    private static void RequireMetaspace(JsonField preTokenizer)
    {
        if (preTokenizer["type"].Text() == "Sequence")
        {
            JsonField list = preTokenizer["pretokenizers"];
            JsonElement[] steps = [.. list.Array()];
            preTokenizer = steps.Length == 1
                ? list.At(steps[0], 0)
                : throw new PicketException($"{list.Where}: expected one entry, Metaspace, found {steps.Length}");
        }

        preTokenizer["type"].RequireText("Metaspace");
        preTokenizer["replacement"].RequireText("\u2581");
        if (preTokenizer.TryGet("prepend_scheme", out JsonField scheme))
        {
            scheme.RequireText("always");
        }
        else if (!preTokenizer["add_prefix_space"].Bool())
        {
            throw new PicketException($"{preTokenizer["add_prefix_space"].Where}: expected true, found false, which is not supported");
        }

        if (preTokenizer.TryGet("split", out JsonField split) && !split.Bool())
        {
            throw new PicketException($"{split.Where}: expected true, found false, which is not supported");
        }
    }
}
