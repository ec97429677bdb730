using System.Text;
using System.Text.Encodings.Web;

namespace Picket.Models.Tokenization;

/// <summary>Texts of a file within a message of one line, whatever is in them.</summary>
internal static class Shown
{
    private const int Most = 60;

    public static string Text(string text) => JavaScriptEncoder.Default.Encode(text.Length <= Most ? text : text[..Most]);

    public static string Text(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8.Length <= Most ? utf8 : utf8[..Most]));
}
