namespace Picket.Training.Augmentation;

/// <summary>How much Easy Data Augmentation changes (Wei and Zou 2019, arXiv 1901.11196).</summary>
/// <remarks>A rate changes max(1, rate * words) words of a text; 0 turns its operation off. Default of each: 0.1, the paper's.</remarks>
public sealed record EdaOptions
{
    /// <summary>Share of the words that synonym replacement replaces, in [0, 1].</summary>
    public double SynonymRate { get; init; } = 0.1;

    /// <summary>Words that random insertion inserts, as a share of the text's, in [0, 1].</summary>
    public double InsertionRate { get; init; } = 0.1;

    /// <summary>Swaps that random swap makes, as a share of the text's words, in [0, 1].</summary>
    public double SwapRate { get; init; } = 0.1;

    /// <summary>The probability with which random deletion leaves out a word, in [0, 1].</summary>
    public double DeletionRate { get; init; } = 0.1;

    /// <summary>Copies of a text, 1 to 64, shared evenly between the operations. Default: 4, the paper's for more than 2,000 rows.</summary>
    public int Copies { get; init; } = 4;

    /// <summary>Chooses words and places. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>The copies that the paper recommends (its table 3): 16 for up to 500 rows, 8 for up to 2,000, 4 for more.</summary>
    public static int CopiesFor(int rows) => rows switch { <= 500 => 16, <= 2000 => 8, _ => 4 };

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (SynonymRate is >= 0 and <= 1, "synonym_rate", "0 to 1", SynonymRate),
        (InsertionRate is >= 0 and <= 1, "insertion_rate", "0 to 1", InsertionRate),
        (SwapRate is >= 0 and <= 1, "swap_rate", "0 to 1", SwapRate),
        (DeletionRate is >= 0 and <= 1, "deletion_rate", "0 to 1", DeletionRate),
        (SynonymRate + InsertionRate + SwapRate + DeletionRate > 0, "synonym_rate, insertion_rate, swap_rate, deletion_rate", "one above 0", 0),
        (Copies is >= 1 and <= 64, "copies", "1 to 64", Copies));
}
