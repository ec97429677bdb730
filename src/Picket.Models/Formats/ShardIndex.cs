using System.Text.Json;

namespace Picket.Models.Formats;

/// <summary>
/// The index of a checkpoint in several files: an object whose <c>weight_map</c> gives the file of each tensor. Read in one pass, as a
/// safetensors header is.
/// </summary>
internal static class ShardIndex
{
    private const int MaxFiles = 1000;

    /// <summary>Reads the index at <paramref name="path"/>.</summary>
    /// <returns>The file's name for each tensor's, in the order of the index.</returns>
    /// <exception cref="PicketException">The file cannot be read, or is no index, or names more than files of its own folder.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        byte[] json = BoundedFile.Read(path, SafetensorsHeader.MaxBytes);
        Dictionary<string, string>? files = null;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("expected an object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("weight_map"u8))
                {
                    reader.Read();
                    files = files is null ? ReadMap(ref reader, path) : throw new JsonException("expected one weight_map, found two");
                }
                else
                {
                    reader.Skip();
                }
            }

            reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new PicketException($"{path}: the index is damaged: {fault.Message}".ReplaceLineEndings(" "), fault);
        }

        return files ?? throw new PicketException($"{path}, field \"weight_map\": expected an object, found none");
    }

    private static Dictionary<string, string> ReadMap(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new PicketException($"{path}, field \"weight_map\": expected an object, found {reader.TokenType}");
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string tensor = reader.GetString()!;
            string field = $"{path}, field \"weight_map.{SafetensorsHeader.Shown(tensor)}\"";
            reader.Read();
            string? file = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (file is null || !BoundedFile.IsPlainName(file))
            {
                string found = file is null ? reader.TokenType.ToString() : SafetensorsHeader.Shown(file);
                throw new PicketException($"{field}: expected the name of a file without a folder, found {found}");
            }

            if (!files.TryAdd(tensor, file))
            {
                throw new PicketException($"{field}: expected one entry of this name, found two");
            }

            if (files.Count > SafetensorsHeader.MaxTensors || (known.Add(file) && known.Count > MaxFiles))
            {
                throw new PicketException(
                    $"{path}, field \"weight_map\": expected at most {SafetensorsHeader.MaxTensors} tensors in {MaxFiles} files, found more");
            }
        }

        return files;
    }
}
