namespace Picket.Benchmarks;

/// <summary>Harmless texts of a stated number of words.</summary>
internal static class MildTexts
{
    private const string Story =
        "My neighbour grows tomatoes, beans and a few rows of corn behind the old garage, and every August she asks me how long "
        + "they should be boiled before they go into jars. Could you explain the usual steps, the right amount of salt, and what "
        + "I should look for when I check the lids a day later? We would also like a simple soup recipe that uses up the rest.";

    /// <summary>The first words of a story, which starts again where it ends.</summary>
    public static string Words(int count)
    {
        string[] words = Story.Split(' ');
        return string.Join(' ', Enumerable.Range(0, count).Select(i => words[i % words.Length] + (i >= words.Length ? $"{i / words.Length}" : "")));
    }

    /// <summary>The same words in full-width letters, with invisible characters and spaced-out letters between them.</summary>
    public static string Hostile(int count) => string.Join(' ', Words(count).Split(' ').Select(static (word, i) => (i % 3) switch
    {
        0 => string.Concat(word.Select(static c => c is >= '!' and <= '~' ? (char)(c + 0xFEE0) : c)),
        1 => string.Join('\u200B', word.ToCharArray()),
        _ => string.Join(' ', word.ToCharArray()),
    }));
}
