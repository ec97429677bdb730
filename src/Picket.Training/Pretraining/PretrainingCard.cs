using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Training.Optimisation;

namespace Picket.Training.Pretraining;

/// <summary>The <c>pretraining.json</c> beside pre-trained weights: where they come from, and what a training that starts from them needs.</summary>
/// <param name="Picket">Version that trained them.</param>
/// <param name="Normalise">Whether the texts were normalised.</param>
/// <param name="Texts">Texts given.</param>
/// <param name="TextsSha256">SHA-256 of all of them.</param>
/// <param name="Rows">Rows learned from.</param>
/// <param name="Tokens">Tokens learned from, special ones not among them.</param>
/// <param name="Settings">The options, with names of files in place of their paths.</param>
/// <param name="Updates">Updates made.</param>
/// <param name="KeptUpdate">The update that is kept.</param>
/// <param name="History">Every evaluation on the held-out rows.</param>
public sealed record PretrainingCard(
    string Picket,
    bool Normalise,
    int Texts,
    string TextsSha256,
    int Rows,
    long Tokens,
    PretrainOptions Settings,
    long Updates,
    long KeptUpdate,
    IReadOnlyList<TrainingEvaluation> History)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "pretraining.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>Whether a folder's weights were trained on normalised texts; no where it has no such file.</summary>
    /// <exception cref="PicketException">The file does not say.</exception>
    internal static bool Normalised(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("normalise").GetBoolean();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new PicketException($"{path}, field \"normalise\": expected true or false in a JSON object, found something else", fault);
        }
    }

    internal byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, s_json), (byte)'\n'];
}
