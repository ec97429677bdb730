using Picket.Training.Blending;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>Weights and figures of a blend, on the terminal.</summary>
internal static class BlendTable
{
    private const int NameWidth = 40;

    /// <summary>A line a member, one for the blend, and what there is to say of those that are left out.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="name">The blend's name.</param>
    /// <param name="card">Its card, with the members under names that tell them apart.</param>
    public static void Write(IAnsiConsole console, string name, BlendCard card)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("Guard") { Width = NameWidth });
        foreach (string head in (string[])["Kind", "Weight", "AUPRC", "Log loss"])
        {
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        }

        foreach (BlendCardMember member in card.Members)
        {
            table.AddRow(Row(member.Name, member.Kind, member.Weight > 0 ? $"{member.Weight:0.000}" : "left out", member.Figures));
        }

        table.AddRow(Row(name, $"blend, offset {card.Offset:0.000}", "", card.Figures));
        console.Write(table);
        int rows = card.Data.Sum(static file => file.Rows);
        int unsafeRows = card.Data.Sum(static file => file.UnsafeRows);
        string heldOut = card.HeldOutOnly is { } share ? $" of the held-out share of {share}" : "";
        console.WriteLine($"on {rows:N0} rows{heldOut}, {unsafeRows:N0} unsafe; the blend's figures by {card.Folds}-fold cross-validation");
        foreach (BlendCardMember member in card.Members.Where(static member => member.Weight == 0))
        {
            console.WriteLine($"{member.Name} is left out: its weight came out below 0, and the others were fitted again without it");
        }

        foreach (BlendCardMember member in card.Members.Where(member => card.HeldOutOnly is not null && member.HeldOutShare is null))
        {
            console.WriteLine($"{member.Name} does not say what its training held out; it may have learned from these rows");
        }
    }

    private static string[] Row(string name, string kind, string weight, BlendFigures figures) =>
    [
        Markup.Escape(name.Length <= NameWidth ? name : name[..(NameWidth - 1)] + "…"), Markup.Escape(kind), weight, $"{figures.Auprc:0.0000}",
        $"{figures.LogLoss:0.0000}",
    ];
}
