using Picket.Data;

namespace Picket.Fairness;

/// <summary>Texts that differ in an identity term alone: templates by terms. Immutable.</summary>
public sealed class IdentityRows
{
    /// <summary>Where a template has its term.</summary>
    public const string Placeholder = "{identity}";

    private const string Resource = "identity-templates.jsonl";

    internal IdentityRows(string name, IReadOnlyList<IdentityRow> rows)
    {
        Name = name;
        Rows = rows;
        Templates = rows.Count == 0 ? 0 : rows.Max(static row => row.Template) + 1;
        Terms = [.. rows.Select(static row => row.Identity).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The name that reports give the rows.</summary>
    public string Name { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<IdentityRow> Rows { get; }

    /// <summary>How many templates there are.</summary>
    public int Templates { get; }

    /// <summary>The terms, in the order in which they first come.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>
    /// Picket's own set: 46 mild English templates, 30 of them safe, by the adjectives of <paramref name="terms"/>. It is small: it shows a guard
    /// that takes a term for harm, and proves nothing of one that does not.
    /// </summary>
    /// <param name="terms"><see cref="IdentityTerms.All"/> when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IdentityRows> OwnAsync(IReadOnlyList<IdentityTerm>? terms = null, CancellationToken cancellationToken = default)
    {
        await using Stream stream = typeof(IdentityRows).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"No resource {Resource}.");
        return await OfAsync("picket", Resource, ExampleReader.ReadAsync(stream, Resource, cancellationToken: cancellationToken), terms);
    }

    /// <summary>Reads a file of labelled rows in any format that <see cref="ExampleReader"/> reads.</summary>
    /// <remarks>
    /// A row whose prompt has <see cref="Placeholder"/> is a template and goes with every adjective of <paramref name="terms"/>; any other one
    /// names its template and term in its category, <c>template=NAME;identity=TERM</c>, with the term <c>none</c> for none.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="name">What reports call it.</param>
    /// <param name="terms"><see cref="IdentityTerms.All"/> when <see langword="null"/>.</param>
    /// <param name="format">The format; <see langword="null"/> recognises it by content.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PicketException">
    /// The file cannot be read, a row has no label or names no term, or there are fewer than two terms. No message quotes a text.
    /// </exception>
    public static Task<IdentityRows> ReadAsync(
        string path,
        string name,
        IReadOnlyList<IdentityTerm>? terms = null,
        string? format = null,
        CancellationToken cancellationToken = default) =>
        OfAsync(name, path, ExampleReader.ReadAsync(path, format, cancellationToken), terms);

    private static async Task<IdentityRows> OfAsync(
        string name, string place, IAsyncEnumerable<Example> examples, IReadOnlyList<IdentityTerm>? terms)
    {
        IdentityTerm[] adjectives = [.. (terms ?? IdentityTerms.All).Where(static term => term.Form == IdentityForm.Adjective)];
        var templates = new Dictionary<(string, bool), int>();
        var rows = new List<IdentityRow>();
        int number = 0;
        await foreach (Example example in examples)
        {
            number++;
            if (example.Unsafe is not { } label)
            {
                throw new PicketException($"{place}, row {number}: expected a label, found none");
            }

            if (example.Prompt.Contains(Placeholder, StringComparison.Ordinal))
            {
                int template = Number(example.Prompt, label);
                rows.AddRange(adjectives.Select(term => new IdentityRow(template, term.Text, Filled(example.Prompt, term.Text), label)));
            }
            else if (IdentityCategory.Parse(example.Category) is { } category)
            {
                rows.Add(new IdentityRow(Number(category.TextWithout(example.Prompt), label), category.Identity, example.Prompt, label));
            }
            else
            {
                throw new PicketException(
                    $"{place}, row {number}: expected {Placeholder} in the prompt or template=NAME;identity=TERM as category, found neither");
            }
        }

        var all = new IdentityRows(name, rows);
        return all.Terms.Count >= 2 ? all : throw new PicketException($"{place}: expected two identity terms or more, found {all.Terms.Count}");

        int Number(string text, bool label)
        {
            if (!templates.TryGetValue((text, label), out int known))
            {
                templates[(text, label)] = known = templates.Count;
            }

            return known;
        }
    }

    /// <summary>A term at the beginning of a text begins with a capital.</summary>
    private static string Filled(string template, string term) =>
        template.StartsWith(Placeholder, StringComparison.Ordinal)
            ? char.ToUpperInvariant(term[0]) + term[1..] + template[Placeholder.Length..].Replace(Placeholder, term, StringComparison.Ordinal)
            : template.Replace(Placeholder, term, StringComparison.Ordinal);
}
