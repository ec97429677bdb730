using System.Text.Json;

namespace Picket.Models.Tokenization;

/// <summary>Reads the field <c>normalizer</c>: Strip, Precompiled and Replace in this order, each of which may be absent.</summary>
internal static class JsonNormaliser
{
    public static (bool Strips, CharacterMap? Characters, bool CollapsesSpaces) Read(JsonField normaliser)
    {
        (bool strips, CharacterMap? characters, bool collapses) = (false, null, false);
        int last = 0;
        foreach (JsonField step in Steps(normaliser))
        {
            string type = step["type"].Text();
            int order = type switch { "Strip" => 1, "Precompiled" => 2, "Replace" => 3, _ => 0 };
            if (order <= last)
            {
                throw new PicketException(
                    $"{step.Where}.type: expected Strip, Precompiled and Replace, each once and in this order, found {Shown.Text(type)}");
            }

            last = order;
            switch (order)
            {
                case 1:
                    strips = step["strip_left"].Bool() && step["strip_right"].Bool()
                        ? true
                        : throw new PicketException($"{step.Where}: expected to strip both ends, found one or none");
                    break;
                case 2:
                    JsonField map = step["precompiled_charsmap"];
                    characters = map.Text().Length > 0 && map.Element.TryGetBytesFromBase64(out byte[]? bytes)
                        ? CharacterMapReader.Read(bytes, map.Where)
                        : throw new PicketException($"{map.Where}: expected base64, found another text");
                    break;
                default:
                    step["pattern"]["Regex"].RequireText(" {2,}");
                    step["content"].RequireText(" ");
                    collapses = true;
                    break;
            }
        }

        return (strips, characters, collapses);
    }

    private static IEnumerable<JsonField> Steps(JsonField normaliser)
    {
        if (normaliser.Element.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (normaliser["type"].Text() != "Sequence")
        {
            return [normaliser];
        }

        JsonField steps = normaliser["normalizers"];
        return steps.Array().Select(steps.At);
    }
}
