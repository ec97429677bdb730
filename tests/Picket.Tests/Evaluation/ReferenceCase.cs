using System.Text.Json;
using Picket.Evaluation;
using Picket.Testing;

namespace Picket.Tests.Evaluation;

/// <summary>One synthetic set of rows with its figures by scikit-learn and numpy (see reference/make_reference.py).</summary>
internal sealed class ReferenceCase(JsonElement json)
{
    private static readonly Lazy<IReadOnlyDictionary<string, ReferenceCase>> All = new(Load);

    public static IEnumerable<string> Names => All.Value.Keys;

    public double Threshold => json.GetProperty("threshold").GetDouble();

    public ScoredLabel[] Rows =>
    [
        .. json.GetProperty("scores").EnumerateArray().Zip(
            json.GetProperty("labels").EnumerateArray(), (score, label) => new ScoredLabel(score.GetDouble(), label.GetInt32() == 1)),
    ];

    public int[] Confusion => [.. json.GetProperty("confusion").EnumerateArray().Select(count => count.GetInt32())];

    public static ReferenceCase Get(string name) => All.Value[name];

    public double? Value(Metric metric)
    {
        JsonElement value = json.GetProperty("values").GetProperty(JsonNamingPolicy.SnakeCaseLower.ConvertName(metric.ToString()));
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
    }

    private static Dictionary<string, ReferenceCase> Load()
    {
        string path = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Picket.Tests", "Evaluation", "reference", "reference.json");
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return file.RootElement.GetProperty("cases").EnumerateArray()
            .ToDictionary(item => item.GetProperty("name").GetString()!, item => new ReferenceCase(item.Clone()));
    }
}
