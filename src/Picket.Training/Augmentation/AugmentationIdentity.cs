using Picket.Chat;

namespace Picket.Training.Augmentation;

/// <summary>What tells one augmentation from all others: everything that its output depends on.</summary>
internal static class AugmentationIdentity
{
    public static async Task<AnswerJournalHeader> OfAsync(
        SeedRows seeds, AugmentationModels models, AugmentationOptions options, CancellationToken cancellationToken)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["seed rows sha256"] = seeds.Sha256,
            ["format"] = options.Format ?? "",
            ["variant"] = HarmAugStrategy.NameOf(options.Variant),
            ["count"] = $"{options.Count}",
            ["exemplars"] = $"{options.Exemplars}",
            ["longest exemplar"] = $"{options.LongestExemplar}",
            ["seed"] = $"{options.Seed}",
            ["benign share"] = $"{options.BenignShare:R}",
            ["most unsafe share"] = $"{options.MaxUnsafeShare:R}",
            ["empty responses"] = $"{options.EmptyResponses}",
            ["seed rows"] = $"{options.SeedRows}",
            ["sampling of instructions"] = $"{options.Instructions}",
            ["sampling of responses"] = $"{options.Responses}",
            ["request seeds"] = $"{options.RequestSeeds}",
            ["near duplicates"] = Of(options.NearDuplicates),
            ["decontamination"] = $"{options.Decontamination.NGramLength} words, {Of(options.Decontamination.MinHash)}",
        };
        foreach (string part in AnswerPart.All)
        {
            settings[$"{part} model"] = models.Of(part) is { } model ? Of(model.Generator.Description) : "none";
        }

        var hashes = new List<string>();
        foreach (string file in options.EvaluationFiles)
        {
            hashes.Add(await SeedRows.HashAsync(file, cancellationToken));
        }

        settings["evaluation files sha256"] = string.Join(' ', hashes.Order(StringComparer.Ordinal));
        return new AnswerJournalHeader(AnswerJournalHeader.Version, settings);
    }

    private static string Of(GeneratorDescription model) => $"{model.Name} at {model.Server}, {model.Prefix} {model.Template}".TrimEnd();

    private static string Of(MinHashOptions options) => $"{options.Threshold:R} of {options.ShingleLength}, {options.Hashes} hashes, {options.Seed}";
}
