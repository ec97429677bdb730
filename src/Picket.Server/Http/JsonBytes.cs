using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Server;

/// <summary>Writes JSON.</summary>
internal static class JsonBytes
{
    // What is larger is not kept: a thread would hold it for good.
    private const int MostKept = 64 << 10;

    // No page embeds these answers, so that letters outside ASCII may stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _kept;

    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        // Taken away while it is used, for what is written may itself be put together here.
        (ArrayBufferWriter<byte> buffer, Utf8JsonWriter json) = _kept ?? Create();
        _kept = null;
        buffer.ResetWrittenCount();
        json.Reset();
        write(json);
        json.Flush();
        byte[] bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= MostKept)
        {
            _kept = (buffer, json);
        }

        return bytes;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Create()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
