using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Picket.Cli;

/// <summary>The options that commands with a guard share.</summary>
internal static class GuardOptions
{
    private const string BadThreshold = "--threshold: expected a number in [0, 1]";

    public static Option<bool> NoNormalise { get; } = Words.Switch(
        "--no-normalise", "Score the text as it stands, without undoing look-alike and invisible characters.");

    /// <summary><c>--threshold</c>; whose threshold it replaces differs by command.</summary>
    public static Option<double?> Threshold(string otherwise) => new("--threshold")
    {
        Description = $"Unsafe from this probability on, in [0, 1]. Default: {otherwise}.",
        HelpName = "T",
        CustomParser = ParseThreshold,
    };

    /// <summary>What is wrong with a threshold that is a number; nothing when all is well.</summary>
    public static IEnumerable<string> FaultsOf(double? threshold) => threshold is null or (>= 0 and <= 1) ? [] : [BadThreshold];

    private static double? ParseThreshold(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold))
        {
            return threshold;
        }

        result.AddError(BadThreshold);
        return null;
    }
}
