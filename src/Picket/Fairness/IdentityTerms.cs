namespace Picket.Fairness;

/// <summary>The identity terms that come with Picket, and those of a file.</summary>
public static class IdentityTerms
{
    private const string Resource = "identity-terms.txt";
    private const string Plural = "plural ";
    private const int LongestTerm = 60;

    /// <summary>Picket's own list: common English terms of eight dimensions. It is no list of all groups, and of no other language.</summary>
    public static IReadOnlyList<IdentityTerm> All { get; } = Own();

    /// <summary>Reads terms from lines of the form <c>religion: Muslim, Christian</c>.</summary>
    /// <remarks>
    /// A dimension behind <c>plural</c> has nouns in the plural; a term behind an asterisk is ambiguous; <c>#</c> begins a comment.
    /// </remarks>
    /// <param name="lines">The lines.</param>
    /// <param name="name">What errors call them.</param>
    /// <exception cref="PicketException">A line has another form, or there are fewer than two terms.</exception>
    public static IReadOnlyList<IdentityTerm> Parse(IEnumerable<string> lines, string name)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var terms = new List<IdentityTerm>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string text = line.Split('#', 2)[0].Trim();
            if (text.Length > 0)
            {
                string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                terms.AddRange(parts.Length == 2 && IsForm(text)
                    ? Terms(parts[0], parts[1])
                    : throw new PicketException(
                        $"{name}, line {number}: expected a dimension, a colon and terms with commas between, found another form"));
            }
        }

        return terms.Count >= 2 ? terms : throw new PicketException($"{name}: expected two identity terms or more, found {terms.Count}");
    }

    /// <summary>Reads terms from a file, as <see cref="Parse"/> does.</summary>
    /// <exception cref="PicketException">The file cannot be read, or <see cref="Parse"/> throws.</exception>
    public static async Task<IReadOnlyList<IdentityTerm>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            return Parse(await File.ReadAllLinesAsync(path, cancellationToken), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be read", fault);
        }
    }

    // Another file named by mistake may hold prompts, and a term stands in reports.
    private static bool IsForm(string line) =>
        line.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '\t' or ':' or ',' or '-' or '*' or '+' or '\'' or '’' or '/' or '(' or ')')
        && Array.TrueForAll(line.Split(':', ','), static part => part.Trim().Length <= LongestTerm);

    private static IEnumerable<IdentityTerm> Terms(string dimension, string terms)
    {
        bool plural = dimension.StartsWith(Plural, StringComparison.Ordinal);
        return terms
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(term => new IdentityTerm(
                term.TrimStart('*'),
                plural ? dimension[Plural.Length..] : dimension,
                plural ? IdentityForm.Plural : IdentityForm.Adjective,
                term.StartsWith('*')));
    }

    private static IReadOnlyList<IdentityTerm> Own()
    {
        using Stream stream = typeof(IdentityTerms).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"No resource {Resource}.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd().Split('\n'), Resource);
    }
}
