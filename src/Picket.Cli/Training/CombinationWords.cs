using System.CommandLine;
using Picket.Training;

namespace Picket.Cli;

/// <summary>The options that <c>average</c> and <c>blend</c> share.</summary>
/// <param name="defaults">What an option is when it is not given.</param>
/// <param name="parts">What the new guard is made of, in the plural.</param>
/// <param name="data">What <c>--data</c> is for.</param>
internal sealed class CombinationWords<TOptions>(TOptions defaults, string parts, string data)
    where TOptions : CombinationOptions
{
    private readonly Option<string> _name = Words.Value("--name", "NAME", "The guard's name.", defaults.Name);

    private readonly Option<double?> _heldOutOnly = Words.Optional<double?>(
        "--held-out-only", "SHARE",
        "Take only the rows that a training with this held-out share, or a larger one, did not learn from (above 0 to 0.5), "
            + $"so that --data may be the {parts}' training data.");

    private readonly Option<int> _threads = Words.Number("--threads", "Threads; 0 for one a core.", defaults.Threads);

    public Option<string[]> Data { get; } = Words.Several("--data", "FILE", data, required: true);

    public Option<string> Out { get; } = Words.Required("--out", "DIR", "The new bundle's folder; it must not exist, or be empty.");

    public IEnumerable<Option> All => [Data, Out, _name, _heldOutOnly, _threads];

    public TOptions Options(ParseResult line) => defaults with
    {
        Name = line.GetRequiredValue(_name),
        HeldOutOnly = line.GetValue(_heldOutOnly),
        Threads = line.GetValue(_threads),
    };

    public IEnumerable<string> Faults(ParseResult line) => Words.FaultsOf(Options(line).Faults());
}
