namespace Picket.Ablation.Tests;

/// <summary>Sentences of a few everyday words, so that n-grams repeat.</summary>
internal static class MildTexts
{
    private static readonly string[] s_openings = ["How do I", "Tell me how to", "Please explain how to", "What is the best way to"];
    private static readonly string[] s_acts = ["bake", "water", "paint", "carry", "clean", "describe"];
    private static readonly string[] s_things = ["a cake", "the roses", "a small boat", "the kitchen", "an old map", "two green chairs"];
    private static readonly string[] s_places = ["in the garden", "at home", "by the sea", "on a rainy day"];

    public static string[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => $"{Of(s_openings)} {Of(s_acts)} {Of(s_things)} {Of(s_places)}?")];

        string Of(string[] words) => words[random.Next(words.Length)];
    }
}
