namespace Picket.Training.Augmentation;

/// <summary>Makes one instruction of what a model wrote behind <see cref="HarmAugPrompt"/>; METHODS.md 1.2 has no rule, so these are ours.</summary>
/// <remarks>
/// In this order: the prefixes are taken off where a server repeats them; a first line that only announces ("Here is one:") is skipped; the
/// first line that is left counts, without list numbers, bullets, emphasis and a label such as "Instruction:"; of a line that begins with a
/// quotation mark what stands between it and its closing mark; else the first sentence. What has no letter is no instruction.
/// </remarks>
public static class GeneratedInstruction
{
    private const string Bullets = "-*#>\u2022";
    private const int MostDigits = 3;
    private const int FewestWords = 3;

    private static readonly string[] Labels = ["instruction prompt:", "instruction:", "prompt:", "example:", "idea:"];

    /// <summary>The instruction.</summary>
    /// <param name="continuation">The model's text.</param>
    /// <returns>One line; <see langword="null"/> when there is no instruction in the text.</returns>
    public static string? Parse(string continuation)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        string text = Without(Without(continuation.Trim(), HarmAugPrompt.Prefix), HarmAugPrompt.InjectedPrefix.Trim());
        string[] lines = [.. text.Split('\n').Select(Bare).Where(static line => line.Any(char.IsLetter))];
        string? line = lines.Length > 1 && lines[0][^1] == ':' ? lines[1] : lines.FirstOrDefault();
        string instruction = line is null ? "" : (Quoted(line) ?? Sentences.First(line)).Trim();
        return instruction.Any(char.IsLetter) ? instruction : null;
    }

    private static string Without(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..].TrimStart() : text;

    /// <summary>A line without what only arranges it.</summary>
    private static string Bare(string line)
    {
        string bare = line.Replace("**", "", StringComparison.Ordinal).Trim();
        string before;
        do
        {
            before = bare;
            bare = WithoutNumber(bare.TrimStart(Bullets.ToCharArray()).TrimStart());
        }
        while (bare.Length < before.Length);

        return Labels.Aggregate(bare, Without);
    }

    // "1." and "12)", but neither "3.5 litres" nor "1984: a novel" with its four digits.
    private static string WithoutNumber(string line)
    {
        int digits = 0;
        while (digits < line.Length && char.IsAsciiDigit(line[digits]))
        {
            digits++;
        }

        bool numbered = digits is > 0 and <= MostDigits && digits < line.Length && line[digits] is '.' or ')' or ':'
            && (digits + 1 == line.Length || !char.IsAsciiDigit(line[digits + 1]));
        return numbered ? line[(digits + 1)..].TrimStart() : line;
    }

    /// <summary>What a line that begins with a quotation mark quotes; to its end where nothing closes it.</summary>
    private static string? Quoted(string line)
    {
        int kind = Sentences.Openers.IndexOf(line[0]);
        if (kind < 0)
        {
            return null;
        }

        for (int end = 1; end < line.Length; end++)
        {
            // An apostrophe inside a word closes nothing.
            if (line[end] == Sentences.Closers[kind] && (end + 1 == line.Length || !char.IsLetterOrDigit(line[end + 1])))
            {
                // A short quotation that the line goes on behind is part of a sentence: "Home" in other languages.
                bool part = end + 1 < line.Length && line.AsSpan(1, end - 1).Count(' ') < FewestWords - 1;
                return part ? null : line[1..end];
            }
        }

        return line[1..];
    }
}
