using System.Text.Json;
using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.DebertaV2;

/// <summary>A small model that Hugging Face's own code ran, and what it gave.</summary>
internal sealed class ReferenceModel : IDisposable
{
    private readonly ComputeContext _context;
    private readonly DebertaV2Network _network;
    private readonly DebertaV2Scratch _scratch;

    public ReferenceModel(string name, SimdLevel simd, int threads, LinearFactory? factory = null)
    {
        string folder = SharedFolder.Require($"refs/deberta/{name}");
        _context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        using (TensorSource source = TensorSource.Open(folder))
        {
            DebertaV2Config config = DebertaV2Config.Read(Path.Combine(folder, DebertaV2Config.FileName));
            _network = DebertaV2Network.Load(source, config, _context, factory);
        }

        _scratch = _network.CreateScratch();
        Cases = ReadCases(folder);
    }

    public IReadOnlyList<ReferenceCase> Cases { get; }

    public static IReadOnlyList<ReferenceCase> ReadCases(string folder)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));

        // A mask with holes keeps the places of what it hides; a text's tokens have no holes, and a ragged batch cannot have any.
        IEnumerable<ReferenceCase> cases = file.RootElement.GetProperty("cases").EnumerateArray().Select(ReferenceCase.Parse);
        return [.. cases.Where(static item => item.Name != "mask-with-holes")];
    }

    /// <summary>Logits and features of each sequence.</summary>
    public (float[] Logits, float[] Features)[] Run(IEnumerable<int[]> sequences, Action<Matrix<float>>? observe = null)
    {
        var batch = new RaggedBatch();
        foreach (int[] sequence in sequences)
        {
            batch.Add(sequence);
        }

        DebertaV2Result result = _network.Run(_context, batch, _scratch, observe);
        return [.. Enumerable.Range(0, batch.Count).Select(row => (result.Logits[row].ToArray(), result.Features[row].ToArray()))];
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _network.Dispose();
        _context.Dispose();
    }
}

/// <summary>A batch, its padding taken off, and what is expected of each sequence.</summary>
internal sealed record ReferenceCase(
    string Name, int[][] Sequences, double[][] Logits, double[][] Features, double[][][]? HiddenStates, double[][]? LastHiddenState)
{
    public static ReferenceCase Parse(JsonElement item)
    {
        int[][] ids = item.GetProperty("input_ids").Deserialize<int[][]>()!;
        int[][] mask = item.GetProperty("attention_mask").Deserialize<int[][]>()!;
        return new ReferenceCase(
            item.GetProperty("name").GetString()!,
            [.. ids.Select((row, i) => row[..mask[i].Sum()])],
            item.GetProperty("logits_f64").Deserialize<double[][]>()!,
            item.GetProperty("cls_last_hidden").Deserialize<double[][]>()!,
            item.TryGetProperty("hidden_states", out JsonElement states)
                ? [.. states.Deserialize<double[][][][]>()!.Select(static state => state[0])]
                : null,
            item.TryGetProperty("last_hidden_state", out JsonElement last) ? last.Deserialize<double[][][]>()![0] : null);
    }
}
