using System.Diagnostics;
using Picket.Compute;
using Picket.Models.DebertaV2;

namespace Picket.Cli;

/// <summary>A DeBERTa network on random tokens: exact lengths, and no tokenizer in the time.</summary>
internal sealed class NetworkTarget : IBenchTarget
{
    public static readonly IReadOnlyDictionary<string, DebertaV2Config> Shapes = new Dictionary<string, DebertaV2Config>
    {
        ["deberta-v3-large"] = DebertaV2Config.Large,
        ["deberta-v3-base"] = DebertaV2Config.Base,
        ["deberta-v3-small"] = DebertaV2Config.Small,
        ["deberta-v3-xsmall"] = DebertaV2Config.XSmall,
    };

    public static readonly IReadOnlyDictionary<string, LinearFactory> WeightKinds = new Dictionary<string, LinearFactory>
    {
        ["fp32"] = LinearFactories.Fp32,
        ["fp16"] = LinearFactories.Fp16,
        ["int8"] = LinearFactories.Quantised,
    };

    private readonly DebertaV2Network _network;
    private readonly ComputeContext _context;
    private readonly DebertaV2Scratch _scratch;
    private readonly RaggedBatch _batch = new();
    private readonly int[] _tokens;

    public NetworkTarget(string name, ComputeContext context, Func<DebertaV2Network> load)
    {
        long start = Stopwatch.GetTimestamp();
        Name = name;
        _context = context;
        _network = load();
        _scratch = _network.CreateScratch();
        LoadSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var random = new Random(1);
        _tokens = [.. Enumerable.Range(0, 1 << 16).Select(_ => random.Next(_network.Config.VocabSize))];
    }

    public string Name { get; }

    public double LoadSeconds { get; }

    /// <summary>Random weights.</summary>
    public static NetworkTarget Random(string shape, string weights, ComputeContext context) =>
        new($"{shape} {weights}", context, () => DebertaV2Network.Random(Shapes[shape], seed: 1, context, WeightKinds[weights]));

    public ValueTask PassAsync(IReadOnlyList<int> lengths, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _batch.Clear();
        foreach (int length in lengths)
        {
            int[] tokens = length <= _tokens.Length ? _tokens : [.. Enumerable.Range(0, length).Select(place => _tokens[place % _tokens.Length])];
            _batch.Add(tokens.AsSpan(0, length));
        }

        _network.Run(_context, _batch, _scratch);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Two operations a multiply-add: the linear layers of every token, and in each head four products (queries with keys, with the position
    /// keys, keys with the position queries, weights with values), the position tables taken whole.
    /// </remarks>
    public double? GigaOperations(int length)
    {
        DebertaV2Config config = _network.Config;
        double width = config.HiddenSize;
        double linear = length * ((4 * width * width) + (2 * width * config.IntermediateSize));
        double attention = width * length * 2.0 * (length + config.RelativeRows);
        return 2 * config.Layers * (linear + attention) / 1e9;
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        _network.Dispose();
        return ValueTask.CompletedTask;
    }
}
