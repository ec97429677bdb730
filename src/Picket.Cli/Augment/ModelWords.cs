using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Picket.Chat;

namespace Picket.Cli;

/// <summary>The options that name one model: its server, its name, its prices.</summary>
/// <param name="part">What the model is: <c>generator</c>.</param>
/// <param name="description">What it does.</param>
internal sealed class ModelWords(string part, string description)
{
    private readonly Option<string?> _server = Words.Text(
        $"--{part}", "URL",
        $"{description} The address of a server with POST /v1/chat/completions, whose key, if it wants one, is taken from the "
            + $"environment variable {KeyOf(part)}.");

    private readonly Option<string?> _model = Words.Text($"--{part}-model", "NAME", "Its model. Default: the server's choice.");

    private readonly Option<TokenPrices?> _prices = new($"--{part}-prices")
    {
        Description = "What a million tokens cost that it reads, and that it writes, for the report: 0.15,0.60.",
        HelpName = "READ,WRITTEN",
        CustomParser = result => Prices($"--{part}-prices", result),
    };

    public IEnumerable<Option> Options => [_server, _model, _prices];

    /// <summary>The model that the words name, if any.</summary>
    public ModelSettings? Settings(ParseResult words) => words.GetValue(_server) is { } address
        ? new ModelSettings(address, words.GetValue(_model), words.GetValue(_prices), KeyOf(part))
        : null;

    private static string KeyOf(string part) => $"PICKET_{part.ToUpperInvariant()}_KEY";

    private static TokenPrices? Prices(string option, ArgumentResult result)
    {
        string[] sides = result.Tokens[0].Value.Split(',');
        if (sides.Length == 2 && TryParse(sides[0], out decimal read) && TryParse(sides[1], out decimal written))
        {
            return new TokenPrices { PromptPerMillion = read, AnswerPerMillion = written };
        }

        result.AddError($"{option}: expected two prices of 0 or more with a comma between, such as 0.15,0.60");
        return null;
    }

    private static bool TryParse(string text, out decimal price) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out price);
}
