using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Training.Augmentation;

/// <summary>The lines of a journal: snake_case names, fields without a value left out.</summary>
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(AnswerJournalHeader))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    public static AnswerJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
