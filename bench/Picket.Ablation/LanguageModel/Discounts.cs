namespace Picket.Ablation;

/// <summary>
/// What modified Kneser-Ney smoothing takes from a count of one, of two, and of more (Chen and Goodman 1999, "An empirical study of smoothing
/// techniques for language modeling", Computer Speech and Language 13, section 3).
/// </summary>
internal readonly record struct Discounts(double One, double Two, double More)
{
    /// <summary>
    /// With n_i the n-grams counted i times: Y = n1 / (n1 + 2 n2), D1 = 1 - 2 Y n2/n1, D2 = 2 - 3 Y n3/n2, D3+ = 3 - 4 Y n4/n3. Where few
    /// texts leave these without a value, or with one that takes nothing or more than the count, Y is taken from every count, the single
    /// discount of plain Kneser-Ney smoothing, and 0.5 where that has no value either: something is always left for what was not seen.
    /// </summary>
    public static Discounts Of(IEnumerable<int> counts)
    {
        Span<double> n = stackalloc double[5];
        foreach (int count in counts)
        {
            if (count is >= 1 and <= 4)
            {
                n[count]++;
            }
        }

        double y = n[1] / (n[1] + (2 * n[2]));
        double two = 2 - (3 * y * n[3] / n[2]);
        double more = 3 - (4 * y * n[4] / n[3]);
        if (n[1] > 0 && n[2] > 0 && two is > 0 and < 2 && more is > 0 and < 3)
        {
            return new Discounts(1 - (2 * y * n[2] / n[1]), two, more);
        }

        double single = n[1] > 0 && n[2] > 0 ? y : 0.5;
        return new Discounts(single, single, single);
    }

    /// <summary>What is taken from a count; nothing from none.</summary>
    public double Of(int count) => count switch
    {
        <= 0 => 0,
        1 => One,
        2 => Two,
        _ => More,
    };
}
