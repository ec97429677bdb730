using System.Text.Json;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Training.Blending;
using Picket.Training.DebertaV2;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>A student that is to be averaged with others.</summary>
internal sealed record AveragedBundle(Bundle Bundle, StudentStart Start, MemberOrigin Origin)
{
    private string Manifest => Path.Combine(Bundle.Folder, GuardManifest.FileName);

    /// <summary>Opens students and finds out whether they fit each other and the rows.</summary>
    /// <exception cref="PicketException">One does not, there are fewer than two, or one is given twice.</exception>
    public static IReadOnlyList<AveragedBundle> OpenAll(IReadOnlyList<string> folders, IEnumerable<DataSource> sources, double? heldOutOnly)
    {
        if (folders.Count < 2)
        {
            throw new PicketException($"expected two students or more to average, found {folders.Count}");
        }

        AveragedBundle[] students = [.. folders.Select(Open)];
        foreach (AveragedBundle student in students)
        {
            if (student.Origin.Objection(sources, heldOutOnly) is { } objection)
            {
                throw new PicketException(objection);
            }

            student.RequireLike(students[0]);
        }

        if (students.CountBy(static student => student.Hash()).FirstOrDefault(static pair => pair.Value > 1).Key is { } twice)
        {
            throw new PicketException($"{students.Last(student => student.Hash() == twice).Manifest}: expected different students, found one twice");
        }

        return students;
    }

    /// <summary>What the students learned from, each file once.</summary>
    public static JsonElement[] Data(IEnumerable<AveragedBundle> students) =>
    [
        .. students.SelectMany(static student => student.Card("data") is { ValueKind: JsonValueKind.Array } files ? files.EnumerateArray() : [])
            .DistinctBy(static file => file.GetRawText(), StringComparer.Ordinal),
    ];

    /// <summary>Its entry in the average's card.</summary>
    public AveragedStudent Measured(CardMetrics metrics) => new(Bundle.Manifest.Name, Hash(), metrics, Card("settings"));

    /// <summary>Takes its weights over.</summary>
    /// <exception cref="PicketException">They lack one.</exception>
    public void Load(TrainableDebertaV2 model)
    {
        using TensorSource weights = Bundle.OpenWeights();
        if (model.Load(weights) is [var missing, ..])
        {
            throw new PicketException($"{Bundle.Folder}: expected a distilled student, found one without {missing}");
        }
    }

    private static AveragedBundle Open(string folder)
    {
        var bundle = Bundle.Open(folder);
        if (bundle.Manifest is not { Kind: DebertaV2Config.ModelType, Deberta: { Weights: "fp32" } settings })
        {
            throw new PicketException($"{Path.Combine(folder, GuardManifest.FileName)}: expected a {DebertaV2Config.ModelType} guard in fp32, found another");
        }

        var start = StudentStart.Open(new StudentOptions { From = folder, MaxTokens = settings.MaxTokens ?? 0 });
        return new AveragedBundle(bundle, start, MemberOrigin.Of(bundle));
    }

    private void RequireLike(AveragedBundle first)
    {
        string? difference = !DebertaV2ConfigWriter.Write(Start.Config).AsSpan().SequenceEqual(DebertaV2ConfigWriter.Write(first.Start.Config)) ? "shape"
            : Start.TokenizerHash != first.Start.TokenizerHash ? "tokenizer"
            : Start.MaxTokens != first.Start.MaxTokens ? "max_tokens"
            : Start.Normalise != first.Start.Normalise ? "normalise"
            : null;
        if (difference is not null)
        {
            throw new PicketException($"{Manifest}: expected the {difference} of {first.Manifest}, found another");
        }
    }

    private string Hash() => TrainingIdentity.Hash(File.ReadAllBytes(Manifest));

    private JsonElement? Card(string field) =>
        Bundle.Manifest.Training is { ValueKind: JsonValueKind.Object } card && card.TryGetProperty(field, out JsonElement value) ? value : null;
}
