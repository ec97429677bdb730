namespace Picket.Data.Formats;

/// <summary>ConvAbuse's grades: a column for each annotator and grade, in which each vote is a 1 among numbers parted by commas.</summary>
internal static class ConvAbuse
{
    private const int MaxAnnotators = 8;

    private static readonly (string Column, int Grade)[] Columns =
    [
        .. from annotator in Enumerable.Range(1, MaxAnnotators)
           from grade in Enumerable.Range(-3, 5)
           select ($"Annotator{annotator}_is_abuse.{grade}", grade),
    ];

    /// <summary>Whether the mean grade is below 0; <see langword="null"/> without a vote.</summary>
    public static bool? IsAbuse(DataRow row)
    {
        int votes = 0;
        int sum = 0;
        foreach ((string column, int grade) in Columns)
        {
            int count = row.TextOrNull(column)?.Split(", ").Count(mark => mark == "1") ?? 0;
            votes += count;
            sum += grade * count;
        }

        return votes == 0 ? null : sum < 0;
    }
}
