using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Data;

/// <summary>
/// Writes Picket's own JSON Lines: UTF-8 without a byte order mark, lines that end in LF, gzip when the name ends in <c>.gz</c>.
/// The rows go to <c>name.partial</c>, which takes the name only on <see cref="CompleteAsync"/>: a file under its own name is whole.
/// Not safe for use by several threads at once.
/// </summary>
public sealed class ExampleWriter : IAsyncDisposable
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly string _partialPath;
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushBytes);
    private bool _closed;

    private ExampleWriter(string path)
    {
        _path = path;
        _partialPath = path + ".partial";
        var file = new FileStream(_partialPath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file;
    }

    /// <summary>Begins a file; an older one of the same name stays until <see cref="CompleteAsync"/>.</summary>
    /// <exception cref="PicketException">The file cannot be created.</exception>
    public static ExampleWriter Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new ExampleWriter(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be created", fault);
        }
    }

    /// <summary>Writes one row as one line with its end. Fields without a value are left out; unknown fields come last.</summary>
    /// <exception cref="PicketException">A text of the row holds a lone surrogate, which UTF-8 cannot hold.</exception>
    public static void WriteLine(IBufferWriter<byte> output, Example example)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(example);
        using (var json = new Utf8JsonWriter(output, JsonOptions))
        {
            json.WriteStartObject();
            WriteText(json, "id", example.Id, example);
            WriteText(json, "prompt", example.Prompt, example);
            WriteText(json, "response", example.Response, example);
            if (example.Unsafe is { } label)
            {
                json.WriteNumber("unsafe", label ? 1 : 0);
            }

            if (example.UnsafeProbability is { } probability)
            {
                json.WriteNumber("unsafe_probability", probability);
            }

            WriteText(json, "category", example.Category, example);
            WriteText(json, "source", example.Source, example);
            WriteText(json, "split", example.Split, example);
            WriteText(json, "parent_id", example.ParentId, example);
            foreach ((string name, JsonElement value) in example.UnknownFields ?? new Dictionary<string, JsonElement>())
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes one row; it reaches the disk at <see cref="CompleteAsync"/> at the latest.</summary>
    /// <exception cref="PicketException">A text of the row holds a lone surrogate, which UTF-8 cannot hold.</exception>
    public ValueTask WriteAsync(Example example, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        WriteLine(_buffer, example);
        return _buffer.WrittenCount < FlushBytes ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    /// <summary>Writes what is left and gives the file its name, in place of an older one.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        await FlushAsync(cancellationToken);
        _closed = true;
        try
        {
            await _stream.DisposeAsync();
            File.Move(_partialPath, _path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{_path}: cannot be written", fault);
        }
    }

    /// <summary>Closes the file; without <see cref="CompleteAsync"/> what was written is thrown away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            await _stream.DisposeAsync();
            File.Delete(_partialPath);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string field, string? text, Example example)
    {
        if (text is null)
        {
            return;
        }

        if (HasLoneSurrogate(text))
        {
            throw new PicketException($"row {JsonNames.Shown(example.Id)}, field \"{field}\": holds half a character (a lone surrogate)");
        }

        json.WriteString(field, text);
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int i; (i = text.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0; text = text[(i + 2)..])
        {
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            _buffer.ResetWrittenCount();
        }
        catch (IOException fault)
        {
            throw new PicketException($"{_path}: cannot be written", fault);
        }
    }
}
