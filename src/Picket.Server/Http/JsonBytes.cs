using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Server;

/// <summary>Writes JSON.</summary>
internal static class JsonBytes
{
    // No page embeds these answers, so that letters outside ASCII may stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
