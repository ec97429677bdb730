using Picket.Data;
using Picket.Models.NGram;
using Picket.Training.NGram;

namespace Picket.Training.Tests.NGram;

/// <summary>Seeded rows whose label says whether the judged field speaks of the weather.</summary>
internal static class MildExamples
{
    private static readonly string[] s_weather = ["rain", "sunny", "cloud", "storm", "breeze", "drizzle", "snow", "thunder"];
    private static readonly string[] s_kitchen = ["bread", "soup", "kettle", "spoon", "butter", "recipe", "oven", "pepper"];
    private static readonly string[] s_common = ["the", "a", "today", "we", "like", "with", "and", "some", "very", "good"];

    /// <summary>Options under which a training takes well under a second.</summary>
    public static NGramTrainerOptions Options { get; } = new()
    {
        Shape = new NGramShape { BucketBits = 12, Dimension = 8, Hidden = 8, WindowChars = 256, OverlapChars = 32 },
        Epochs = 3,
        BatchSize = 16,
        HeldOutShare = 0.25,
    };

    public static Example[] Draw(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool isUnsafe = random.Next(3) == 0;
            bool isPair = random.Next(3) == 0;
            string judged = Text(isUnsafe ? s_weather : s_kitchen, random);
            string context = Text(random.Next(2) == 0 ? s_weather : s_kitchen, random);
            return new Example { Id = $"row{i}", Prompt = isPair ? context : judged, Response = isPair ? judged : null, Unsafe = isUnsafe };
        })];
    }

    private static string Text(string[] topic, Random random) => string.Join(' ', Enumerable.Range(0, random.Next(5, 12))
        .Select(i => i % 3 == 1 ? topic[random.Next(topic.Length)] : s_common[random.Next(s_common.Length)]));
}
