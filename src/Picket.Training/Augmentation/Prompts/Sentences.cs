namespace Picket.Training.Augmentation;

/// <summary>Where sentences end.</summary>
internal static class Sentences
{
    /// <summary>Quotation marks that open, each at the place of its counterpart in <see cref="Closers"/>.</summary>
    public const string Openers = "\"'\u201C\u2018\u00AB`";

    /// <summary>Quotation marks that close.</summary>
    public const string Closers = "\"'\u201D\u2019\u00BB`";

    private static readonly string[] Abbreviations = ["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Jr", "Sr", "vs", "etc", "No", "e.g", "i.e"];

    /// <summary>A line up to the first end of a sentence that another sentence follows.</summary>
    public static string First(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (!IsEnd(line[i]))
            {
                continue;
            }

            int end = i + 1;
            while (end < line.Length && (IsEnd(line[end]) || line[end] == ')' || Closers.Contains(line[end])))
            {
                end++;
            }

            if (end + 1 < line.Length && line[end] == ' ' && Begins(line[end + 1]) && !(line[i] == '.' && end == i + 1 && IsAbbreviation(line[..i])))
            {
                return line[..end];
            }
        }

        return line;
    }

    private static bool IsEnd(char c) => c is '.' or '!' or '?';

    private static bool Begins(char c) => char.IsUpper(c) || c is '(' or '[' || Openers.Contains(c);

    // "Dr. Smith" goes on, and so does "J. Smith".
    private static bool IsAbbreviation(string before)
    {
        string word = before[(before.LastIndexOfAny([' ', '(']) + 1)..];
        return word.Length == 1 || Abbreviations.Contains(word);
    }
}
