using System.Text;
using System.Text.Json;
using Picket.Cli.Tests.Augment;
using Picket.Testing;
using Picket.Training.Distillation;

namespace Picket.Cli.Tests.Pipeline;

/// <summary>A recipe of all four stages over a local server and a tiny student, and runs of it.</summary>
internal sealed class PipelineFolder : IAsyncDisposable
{
    private static readonly string s_samples = Path.Combine(SharedFolder.RepositoryRoot, "samples", "training");
    private readonly TemporaryFolder _folder = new();

    public PipelineFolder()
    {
        Seeds = _folder.Write("seeds.jsonl", string.Concat(
            File.ReadLines(Path.Combine(s_samples, "train.jsonl")).Take(80).Select(static line => line + "\n")));
        Recipe = Write("whole", Epochs);
    }

    public const int Epochs = 2;

    public LocalServer Server { get; } = new();

    public string Seeds { get; }

    public string Recipe { get; set; }

    /// <summary>Told of every update of the student.</summary>
    public Action? OnUpdate { get; set; }

    public string At(string name) => _folder.At(name);

    /// <summary>Writes the recipe that puts everything into the folder of that name.</summary>
    public string Write(string folder, int epochs = Epochs, string more = "") => _folder.Write($"{folder}.yaml", $"""
        out: {At(folder)}
        augment:
          input: {Seeds}
          generator: {Server.Address}
          complier: {Server.Address}
          prefix_style: prefix-field
          count: 12
          concurrency: 3
        label:
          guard: {Server.Address}
          keep_labels: true
          batch: 8
          threads: 2
        {more}
        distil:
          name: mild
          student:
            from: {Path.Combine(s_samples, "student", "config.json")}
            max_tokens: 24
            threads: 1
          training:
            epochs: {epochs}
            batch_size: 16
            chunk_size: 16
            learning_rate: 1.0e-03
            warmup_steps: 2
            evaluate_every: 4
            checkpoint_every: 2
            held_out_share: 0.3
        eval:
          data: [{Path.Combine(s_samples, "test.jsonl")}]
          resamples: 0
        """);

    public async Task<CliResult> RunAsync(CancellationToken? stop = null, params string[] more)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        var services = new PipelineServices(
            streams, AugmentModelSource.FindAsync, GuardSource.LoadAsync,
            (options, rows, sources, folder, progress, token) => Distiller.RunAsync(
                options, rows, sources, folder, new Told(progress!, () => OnUpdate?.Invoke()), token),
            TimeProvider.System);
        int status = await CommandLineApp.RunAsync(
            ["pipeline", Recipe, .. more], streams, [PipelineCommand.Create(services)], stop ?? TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Everything that a run is to come to, whatever ended it between: rows, labels, weights, figures.</summary>
    public string ResultsOf(string folder)
    {
        string[] files = ["augment/rows.jsonl", "label/rows.jsonl", "distil/model.safetensors", "distil/config.json", "distil/guard.json"];
        using var eval = JsonDocument.Parse(File.ReadAllText(Path.Combine(At(folder), "eval", "eval.json")));
        return string.Join('\n', files.Select(file => Convert.ToBase64String(File.ReadAllBytes(Path.Combine(At(folder), file)))))
            + eval.RootElement.GetProperty("results")[0].GetProperty("metrics").GetRawText();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Told(IProgress<Picket.Training.Optimisation.TrainingProgress> inner, Action told)
        : IProgress<Picket.Training.Optimisation.TrainingProgress>
    {
        public void Report(Picket.Training.Optimisation.TrainingProgress value)
        {
            inner.Report(value);
            told();
        }
    }
}
