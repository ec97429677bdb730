using Picket.Statistics;

namespace Picket.Evaluation;

/// <summary>How often a route changes under edits that change no meaning (the DSC benchmark's question, Kassem et al. 2025).</summary>
/// <param name="Router">The router.</param>
/// <param name="Edit">One of <see cref="RouteEdits.Names"/>.</param>
/// <param name="Flipped">Rows whose route changes.</param>
/// <param name="Kept">Of the rows that were escalated, those that no longer are.</param>
/// <param name="Unblocked">
/// Of the rows that the cascade held unsafe, those that it then lets pass. The large guard is taken to say of the edited text what it says of the
/// text, so these are the routes' and the small guard's doing.
/// </param>
public sealed record RouteFlips(string Router, string Edit, Rate Flipped, Rate Kept, Rate Unblocked);

/// <summary>Edits that leave the meaning of a text as it is.</summary>
public static class RouteEdits
{
    /// <summary>Their names: case, whitespace, punctuation.</summary>
    public static IReadOnlyList<string> Names { get; } = ["case", "whitespace", "punctuation"];

    /// <summary>The input with both texts edited.</summary>
    /// <param name="input">The input.</param>
    /// <param name="edit">One of <see cref="Names"/>.</param>
    public static GuardInput Apply(GuardInput input, string edit)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new GuardInput(Edited(input.Prompt, edit), input.Response is { } response ? Edited(response, edit) : null);
    }

    /// <summary>Measures one edit.</summary>
    /// <param name="edit">The edit's name.</param>
    /// <param name="rows">The rows as they were.</param>
    /// <param name="edited">The small guard's scores of the edited texts, in the rows' order.</param>
    /// <param name="router">The router.</param>
    /// <param name="name">Its name in the report.</param>
    public static RouteFlips Measure(string edit, IReadOnlyList<RoutedRow> rows, IReadOnlyList<GuardScore> edited, IRouter router, string name)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(edited);
        ArgumentNullException.ThrowIfNull(router);
        (int flipped, int escalated, int kept, int blocked, int unblocked) = (0, 0, 0, 0, 0);
        for (int i = 0; i < rows.Count; i++)
        {
            RoutingRow row = rows[i].Row;
            bool before = router.Decide(row.Small).Escalate;
            bool after = router.Decide(edited[i]).Escalate;
            flipped += before != after ? 1 : 0;
            escalated += before ? 1 : 0;
            kept += before && !after ? 1 : 0;
            bool wasBlocked = Blocks(row, row.Small, before);
            blocked += wasBlocked ? 1 : 0;
            unblocked += wasBlocked && !Blocks(row, edited[i], after) ? 1 : 0;
        }

        return new RouteFlips(name, edit, new Rate(flipped, rows.Count), new Rate(kept, escalated), new Rate(unblocked, blocked));
    }

    private static bool Blocks(RoutingRow row, GuardScore small, bool escalated) =>
        escalated ? row.LargeProbability >= row.LargeThreshold : small.UnsafeProbability >= row.SmallThreshold;

    private static string Edited(string text, string edit) => edit switch
    {
        "case" => text.ToUpperInvariant(),
        "whitespace" => $" {text.Replace(" ", "  ", StringComparison.Ordinal)}\n",
        "punctuation" => $"{text.TrimEnd().TrimEnd('.', '!', '?', ',', ';', ':')} ...",
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit, "expected one of the names"),
    };
}
