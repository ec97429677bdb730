using System.Globalization;
using System.Text;
using Picket.Data;
using Picket.Models.NGram;
using Picket.Testing;
using Picket.Training.NGram;

namespace Picket.Cli.Tests.Blend;

/// <summary>Two small guards, one and two, trained on train.jsonl with a quarter held out, and other.jsonl, which they have not seen.</summary>
public sealed class BlendGuards : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();

    public string this[string name] => _folder[name];

    public async ValueTask InitializeAsync()
    {
        Write("train.jsonl", 1);
        Write("other.jsonl", 2);
        List<Example> rows = await ExampleReader.ReadAsync(this["train.jsonl"]).ToListAsync();
        foreach ((string name, int seed) in new[] { ("one", 1), ("two", 2) })
        {
            var options = new NGramTrainerOptions
            {
                Shape = new NGramShape { BucketBits = 10, Dimension = 8, Hidden = 8 },
                Epochs = 2,
                BatchSize = 16,
                HeldOutShare = 0.25,
                Seed = seed,
            };
            NGramTrainingResult result = new NGramTrainer(options).Train(rows);
            await NGramBundle.WriteAsync(this[name], "small", options, result, [DataSource.Of(this["train.jsonl"], rows)], []);
        }
    }

    /// <summary>Rows of which every tenth has the other label, so that no guard is perfect.</summary>
    public string Write(string name, int seed, bool turned = false)
    {
        string[] weather = ["rain", "sunny", "cloud", "storm"];
        string[] kitchen = ["bread", "soup", "kettle", "spoon"];
        var random = new Random(seed);
        var lines = new StringBuilder();
        for (int i = 0; i < 300; i++)
        {
            bool isUnsafe = i % 3 == 0;
            string prompt = $"today number {random.Next(1000)} is {(isUnsafe ? weather : kitchen)[random.Next(4)]}";
            int label = isUnsafe != (random.Next(10) == 0) != turned ? 1 : 0;
            lines.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{i}\",\"prompt\":\"{prompt}\",\"unsafe\":{label}}}\n");
        }

        File.WriteAllText(this[name], lines.ToString());
        return this[name];
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
