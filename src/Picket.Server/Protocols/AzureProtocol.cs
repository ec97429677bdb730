using System.Text.Json;

namespace Picket.Server;

/// <summary>
/// Azure's <c>POST /contentsafety/text:analyze</c>. The API can say unsafe by the severity of a category alone; so an unsafe text of which the
/// guard names no category, or none of Azure's, has the severity in every category that was asked for. Blocklists are not kept here.
/// </summary>
internal sealed class AzureProtocol : CheckProtocol
{
    // Azure's filters stop at medium, 4, unless they are told otherwise. A policy's threshold is where medium begins.
    private const int Medium = 4;
    private const int Highest = 7;

    public override string Route => "azure";

    public override string Path => "/contentsafety/text:analyze";

    public override ErrorShape Errors => ErrorShape.Azure;

    public override CheckRequest Read(JsonElement body, JsonReading reading)
    {
        JsonReading.Object(body);
        string text = reading.Text(JsonReading.Required(body, "text", "a string"), "text");
        bool eight = reading.Text(body, "outputType", "FourSeverityLevels") switch
        {
            "FourSeverityLevels" => false,
            "EightSeverityLevels" => true,
            _ => throw RequestFault.Of("outputType", "FourSeverityLevels or EightSeverityLevels"),
        };
        if (JsonReading.Has(body, "blocklistNames", out JsonElement lists) && lists.ValueKind == JsonValueKind.Array && lists.GetArrayLength() > 0)
        {
            throw RequestFault.Of("blocklistNames", "none: this server keeps no blocklists");
        }

        return new Request([new GuardInput(text)], Categories(body, reading), eight);
    }

    public override void Write(Utf8JsonWriter json, CheckRequest request, CheckOutcome outcome)
    {
        var asked = (Request)request;
        Verdict verdict = outcome.Verdicts[0];
        HashSet<string> named = HazardTable.ToAzure(verdict.Categories);
        int severity = outcome.Blocks(verdict) ? Severity(verdict, asked.EightLevels) : 0;
        json.WriteStartObject();
        json.WriteStartArray("blocklistsMatch"u8);
        json.WriteEndArray();
        json.WriteStartArray("categoriesAnalysis"u8);
        foreach (string category in asked.Categories)
        {
            json.WriteStartObject();
            json.WriteString("category"u8, category);
            json.WriteNumber("severity"u8, named.Count == 0 || named.Contains(category) ? severity : 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        VerdictJson.WriteObject(json, verdict, outcome);
        json.WriteEndObject();
    }

    public override void WriteCanary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    public override bool Blocks(JsonElement answer) =>
        answer.GetProperty("categoriesAnalysis").EnumerateArray().Any(static item => item.GetProperty("severity").GetInt32() >= Medium);

    // Four even steps from medium to the highest by the probability; with four levels only even severities exist.
    private static int Severity(Verdict verdict, bool eightLevels)
    {
        int severity = Math.Clamp(Medium + (int)(verdict.UnsafeProbability * 4), Medium, Highest);
        return eightLevels ? severity : severity / 2 * 2;
    }

    private static IReadOnlyList<string> Categories(JsonElement body, JsonReading reading)
    {
        if (!JsonReading.Has(body, "categories", out JsonElement categories)
            || (categories.ValueKind == JsonValueKind.Array && categories.GetArrayLength() == 0))
        {
            return HazardTable.Azure;
        }

        return [.. reading.Items(categories, "categories").Select((item, i) => HazardTable.Azure.FirstOrDefault(
            known => known.Equals(reading.Text(item, $"categories[{i}]"), StringComparison.OrdinalIgnoreCase))
            ?? throw RequestFault.Of($"categories[{i}]", string.Join(", ", HazardTable.Azure)))];
    }

    private sealed record Request(IReadOnlyList<GuardInput> Inputs, IReadOnlyList<string> Categories, bool EightLevels) : CheckRequest(Inputs);
}
