using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>The text of a JSON string.</summary>
internal static class JsonText
{
    /// <summary>
    /// As it was meant, halves of surrogate pairs included: a stream may be cut between them, where <see cref="JsonElement.GetString"/> throws.
    /// </summary>
    public static string Of(JsonElement value)
    {
        string raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        return JsonEscapes.Undo(raw);
    }
}
