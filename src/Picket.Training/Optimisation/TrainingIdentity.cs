using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Picket.Training.Optimisation;

/// <summary>What two runs must share to be one training: settings by name, and hashes of everything longer.</summary>
internal static class TrainingIdentity
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>What changes how a training is carried out and what is done afterwards, but not one bit of its course.</summary>
    private static readonly string[] s_without =
        ["checkpoint_every", "threads", "checkpointing", "from", "tokenizer", "name", "keep_last", "calibrate"];

    /// <summary>The plain values of some options, by their names in settings files.</summary>
    public static Dictionary<string, string> Of(params ReadOnlySpan<object> options)
    {
        var identity = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (object part in options)
        {
            foreach (JsonProperty property in JsonSerializer.SerializeToElement(part, s_json).EnumerateObject())
            {
                if (property.Value.ValueKind != JsonValueKind.Object && !s_without.Contains(property.Name))
                {
                    identity[property.Name] = property.Value.GetRawText().Trim('"');
                }
            }
        }

        return identity;
    }

    /// <summary>SHA-256 of a file's content.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>SHA-256 of rows of tokens, each with whatever else a row has.</summary>
    public static string Hash<TRow>(IEnumerable<TRow> rows, Func<TRow, int[]> tokens, Func<TRow, string> rest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TRow row in rows)
        {
            int[] ids = tokens(row);
            byte[] text = Encoding.UTF8.GetBytes(rest(row));
            hash.AppendData(MemoryMarshal.AsBytes<int>([ids.Length, text.Length]));
            hash.AppendData(MemoryMarshal.AsBytes<int>(ids));
            hash.AppendData(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
