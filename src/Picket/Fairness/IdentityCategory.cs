namespace Picket.Fairness;

/// <summary>What a row's category says of its making: <c>template=verb_adj;identity=deaf</c>.</summary>
internal sealed record IdentityCategory(string Template, string? Identity)
{
    private const string None = "none";

    public static IdentityCategory? Parse(string? category)
    {
        string? template = null;
        string? identity = null;
        foreach (string part in (category ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', 2);
            (template, identity) = sides switch
            {
                ["template", { Length: > 0 } value] => (value, identity),
                ["identity", { Length: > 0 } value] => (template, value),
                _ => (template, identity),
            };
        }

        return template is null || identity is null ? null : new IdentityCategory(template, identity == None ? null : identity);
    }

    /// <summary>The text with its term, at its first place as a word, replaced: what rows that differ in the term alone have in common.</summary>
    public string TextWithout(string prompt)
    {
        int place = Identity is null ? -1 : WordPlace(prompt, Identity);
        return $"{Template}: {(place < 0 ? prompt : prompt[..place] + IdentityRows.Placeholder + prompt[(place + Identity!.Length)..])}";
    }

    private static int WordPlace(string text, string word)
    {
        int place = -1;
        do
        {
            place = text.IndexOf(word, place + 1, StringComparison.OrdinalIgnoreCase);
        }
        while (place >= 0 && ((place > 0 && char.IsLetter(text[place - 1]))
            || (place + word.Length < text.Length && char.IsLetter(text[place + word.Length]))));
        return place;
    }
}
