using System.Text.Json;

namespace Picket.Data;

/// <summary>One JSON object on its way to an <see cref="Example"/>.</summary>
internal ref struct JsonExampleRow
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string _file;
    private readonly long _line;
    private Utf8JsonReader _reader;
    private Field _seen;

    public JsonExampleRow(ReadOnlySpan<byte> utf8, string file, long line)
    {
        _utf8 = utf8;
        _file = file;
        _line = line;
        _reader = new Utf8JsonReader(utf8);
    }

    [Flags]
    private enum Field
    {
        None = 0,
        Id = 1,
        Prompt = 2,
        Response = 4,
        Unsafe = 8,
        UnsafeProbability = 16,
        Category = 32,
        Source = 64,
        Split = 128,
        ParentId = 256,
    }

    public Example Read()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault(null, $"expected a JSON object, found {JsonNames.Of(_reader.TokenType)}");
        }

        string? id = null, prompt = null, response = null, category = null, source = null, split = null, parentId = null;
        bool? @unsafe = null;
        double? probability = null;
        Dictionary<string, JsonElement>? unknown = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = Known();
            if (field == Field.None)
            {
                string name = UnknownName();
                (unknown ??= new(StringComparer.Ordinal))[name] = UnknownValue(name);
                continue;
            }

            if (_seen.HasFlag(field))
            {
                throw Fault(NameOf(field), "appears twice");
            }

            _seen |= field;
            _reader.Read();
            switch (field)
            {
                case Field.Id: id = IdText(); break;
                case Field.Prompt: prompt = Text("prompt", nullable: false); break;
                case Field.Response: response = Text("response"); break;
                case Field.Unsafe: @unsafe = Label(); break;
                case Field.UnsafeProbability: probability = Probability(); break;
                case Field.Category: category = Text("category"); break;
                case Field.Source: source = Text("source"); break;
                case Field.Split: split = Text("split"); break;
                default: parentId = Text("parent_id"); break;
            }
        }

        // Throws if anything but blanks comes behind the object.
        _reader.Read();
        return new Example
        {
            Id = id ?? $"{source ?? Path.GetFileName(_file)}:{_line}",
            Prompt = prompt ?? throw Fault("prompt", "is missing"),
            Response = response,
            Unsafe = @unsafe,
            UnsafeProbability = probability,
            Category = category,
            Source = source,
            Split = split,
            ParentId = parentId,
            UnknownFields = unknown,
        };
    }

    private static string NameOf(Field field) => field switch
    {
        Field.UnsafeProbability => "unsafe_probability",
        Field.ParentId => "parent_id",
#pragma warning disable CA1308 // The fields' names are lower case.
        _ => field.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
    };

    private readonly Field Known() =>
        _reader.ValueTextEquals("prompt"u8) ? Field.Prompt
        : _reader.ValueTextEquals("id"u8) ? Field.Id
        : _reader.ValueTextEquals("unsafe"u8) ? Field.Unsafe
        : _reader.ValueTextEquals("source"u8) ? Field.Source
        : _reader.ValueTextEquals("response"u8) ? Field.Response
        : _reader.ValueTextEquals("category"u8) ? Field.Category
        : _reader.ValueTextEquals("split"u8) ? Field.Split
        : _reader.ValueTextEquals("unsafe_probability"u8) ? Field.UnsafeProbability
        : _reader.ValueTextEquals("parent_id"u8) ? Field.ParentId
        : Field.None;

    private readonly string? Text(string field, bool nullable = true)
    {
        if (_reader.TokenType == JsonTokenType.String)
        {
            return String(field);
        }

        return _reader.TokenType == JsonTokenType.Null && nullable
            ? null
            : throw Fault(field, $"expected a string, found {JsonNames.Of(_reader.TokenType)}");
    }

    // Many data sets number their rows.
    private readonly string? IdText() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out long number) ? number.ToString() : Text("id");

    private readonly bool? Label()
    {
        if (_reader.TokenType == JsonTokenType.Number)
        {
            return _reader.GetDouble() switch { 0 => false, 1 => true, _ => throw Fault("unsafe", "expected 0 or 1, found another number") };
        }

        return _reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw Fault("unsafe", $"expected 0 or 1, found {JsonNames.Of(_reader.TokenType)}"),
        };
    }

    private readonly double? Probability()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_reader.TokenType != JsonTokenType.Number)
        {
            throw Fault("unsafe_probability", $"expected a number, found {JsonNames.Of(_reader.TokenType)}");
        }

        double value = _reader.GetDouble();
        return value is >= 0 and <= 1 ? value : throw Fault("unsafe_probability", "expected a number from 0 to 1, found one outside");
    }

    private readonly string UnknownName()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(null, $"a field's name holds {JsonNames.LoneSurrogate}");
        }
    }

    private JsonElement UnknownValue(string name)
    {
        _reader.Read();
        int start = (int)_reader.TokenStartIndex;
        JsonElement value = JsonElement.ParseValue(ref _reader);

        // Only an escape can smuggle half a character through valid UTF-8, and few values hold one.
        if (_utf8[start..(int)_reader.BytesConsumed].IndexOf("\\u"u8) >= 0 && !JsonNames.IsText(value))
        {
            throw Fault(JsonNames.Shown(name), $"holds {JsonNames.LoneSurrogate}");
        }

        return value;
    }

    private readonly string String(string field)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(field, $"holds {JsonNames.LoneSurrogate}");
        }
    }

    private readonly DataFormatException Fault(string? field, string problem) => new(_file, _line, field, problem);
}
