namespace Picket.Training.Tests.Augmentation;

/// <summary>Harmless sentences by seed, and others that are nearly the same.</summary>
internal static class MildSentences
{
    private static readonly string[] Words =
    [
        "apple", "garden", "window", "table", "letter", "river", "winter", "bridge", "summer", "candle", "forest", "market", "kitchen", "piano",
        "basket", "ladder", "meadow", "pocket", "rabbit", "silver", "thunder", "village", "wagon", "yellow", "button", "camera", "dinner",
        "engine", "feather", "ginger", "harbour", "island", "jacket", "kettle", "lantern", "mirror", "needle", "orange", "pencil", "quarter",
        "ribbon", "saddle", "teapot", "umbrella", "velvet", "whistle", "blanket", "carpet", "drawer", "elbow", "how", "the", "with", "under",
        "bake", "carry", "paint", "gather", "borrow", "explain", "repair", "measure", "remember", "describe", "plant", "sing", "slowly", "often",
    ];

    /// <summary>A sentence of 10 to 24 words.</summary>
    public static string[] Draw(Random random) =>
        [.. Enumerable.Range(0, random.Next(10, 25)).Select(_ => Words[random.Next(Words.Length)])];

    /// <summary>The sentence with a few words replaced, added or left out.</summary>
    public static string[] Edit(string[] sentence, int edits, Random random)
    {
        List<string> words = [.. sentence];
        for (int i = 0; i < edits; i++)
        {
            int at = random.Next(words.Count);
            switch (random.Next(3))
            {
                case 0:
                    words[at] = Words[random.Next(Words.Length)];
                    break;
                case 1:
                    words.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                default:
                    words.RemoveAt(at);
                    break;
            }
        }

        return [.. words];
    }

    /// <summary>Sentences of which every second one is an edited copy of an earlier one, with one to three edits.</summary>
    public static string[] WithNearDuplicates(int count, int seed)
    {
        var random = new Random(seed);
        List<string[]> sentences = [];
        while (sentences.Count < count)
        {
            bool copy = sentences.Count % 2 == 1;
            sentences.Add(copy ? Edit(sentences[random.Next(sentences.Count)], random.Next(1, 4), random) : Draw(random));
        }

        return [.. sentences.Select(static words => string.Join(' ', words))];
    }
}
