using System.Text;

namespace Picket.Models.Tokenization;

/// <summary>Reads <c>spm.model</c>: the message <c>ModelProto</c> of sentencepiece_model.proto, by the field numbers there.</summary>
internal sealed class SentencePieceFile
{
    private const int Unigram = 1;
    private readonly string _name;
    private readonly Vocabulary _vocabulary;
    private int _unknown = -1;
    private int _modelType = Unigram;
    private bool _byteFallback;
    private WhitespaceRules _whitespace = new();
    private CharacterMap? _characters;

    private SentencePieceFile(string name)
    {
        _name = name;
        _vocabulary = new Vocabulary(name);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="PicketException">The file is damaged, or no unigram model.</exception>
    public static TokenizerModel Parse(ReadOnlySpan<byte> content, string name)
    {
        var file = new SentencePieceFile(name);
        file.ReadModel(content);
        return file.Finish();
    }

    private void ReadModel(ReadOnlySpan<byte> content)
    {
        var reader = new WireReader(content, _name, 0);
        while (reader.TryReadField())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadOnlySpan<byte> piece = reader.ReadBytes();
                    ReadPiece(new WireReader(piece, _name, reader.Offset - piece.Length));
                    break;
                case 2:
                    ReadOnlySpan<byte> trainer = reader.ReadBytes();
                    ReadTrainer(new WireReader(trainer, $"{_name}, trainer_spec", reader.Offset - trainer.Length));
                    break;
                case 3:
                    ReadOnlySpan<byte> normaliser = reader.ReadBytes();
                    ReadNormaliser(new WireReader(normaliser, $"{_name}, normalizer_spec", reader.Offset - normaliser.Length));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadPiece(WireReader reader)
    {
        ReadOnlySpan<byte> text = default;
        float score = 0;
        int kind = (int)PieceKind.Normal;
        while (reader.TryReadField())
        {
            switch (reader.Field)
            {
                case 1:
                    text = reader.ReadBytes();
                    break;
                case 2:
                    score = reader.ReadFloat();
                    break;
                case 3:
                    kind = reader.ReadInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (kind is < (int)PieceKind.Normal or > (int)PieceKind.Byte)
        {
            throw new PicketException($"{_name}, piece {_vocabulary.Count}, field \"type\": expected 1 to 6, found {kind}");
        }

        if (kind == (int)PieceKind.Unknown)
        {
            _unknown = _unknown < 0
                ? _vocabulary.Count
                : throw new PicketException($"{_name}, piece {_vocabulary.Count}: expected one unknown piece, found a second after {_unknown}");
        }

        _vocabulary.Add(text, score, (PieceKind)kind);
    }

    private void ReadTrainer(WireReader reader)
    {
        while (reader.TryReadField())
        {
            switch (reader.Field)
            {
                case 3:
                    _modelType = reader.ReadInt32();
                    break;
                case 24:
                    _whitespace = _whitespace with { AsSuffix = reader.ReadBool() };
                    break;
                case 35:
                    _byteFallback = reader.ReadBool();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadNormaliser(WireReader reader)
    {
        while (reader.TryReadField())
        {
            switch (reader.Field)
            {
                case 2:
                    _characters = CharacterMapReader.Read(reader.ReadBytes(), $"{_name}, field \"normalizer_spec.precompiled_charsmap\"");
                    break;
                case 3:
                    _whitespace = _whitespace with { AddDummyPrefix = reader.ReadBool() };
                    break;
                case 4:
                    _whitespace = _whitespace with { RemoveExtra = reader.ReadBool() };
                    break;
                case 5:
                    _whitespace = _whitespace with { Escape = reader.ReadBool() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private TokenizerModel Finish()
    {
        if (_modelType != Unigram)
        {
            throw new PicketException($"{_name}, field \"trainer_spec.model_type\": expected {Unigram} (unigram), found {_modelType}");
        }

        if (_unknown < 0)
        {
            throw new PicketException($"{_name}: expected one unknown piece, found none among {_vocabulary.Count} pieces");
        }

        return new TokenizerModel(_name, _vocabulary)
        {
            Unknown = _unknown,
            Added = Added(),
            Characters = _characters,
            Whitespace = _whitespace,
            BytePieces = _byteFallback ? BytePieces.Find(_vocabulary, PieceKind.Byte, _name) : null,
        };
    }

    /// <summary>The tokens that transformers 4 adds when it converts such a file for its fast library.</summary>
    private List<AddedToken> Added()
    {
        var added = new List<AddedToken>();
        bool isDeberta = false;
        bool hasMask = false;
        for (int id = 0; id < _vocabulary.Count; id++)
        {
            if (_vocabulary.Kind(id) is PieceKind.Control or PieceKind.UserDefined or PieceKind.Unknown)
            {
                string text = Encoding.UTF8.GetString(_vocabulary.Text(id));
                bool isNamed = SpecialTokenNames.All.Contains(text, StringComparer.Ordinal);
                added.Add(new AddedToken(
                    text, id, isNamed || _vocabulary.Kind(id) != PieceKind.UserDefined, Normalised: _vocabulary.Kind(id) == PieceKind.Unknown));
                isDeberta |= text == "[CLS]";
                hasMask |= text == "[MASK]";
            }
        }

        if (isDeberta && !hasMask)
        {
            added.Add(new AddedToken("[MASK]", _vocabulary.Count, Special: true));
        }

        return added;
    }
}
