using Picket.Chat;
using Picket.Data;
using Picket.Testing;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

/// <summary>A folder with seed rows, and runs over them.</summary>
internal sealed class AugmentFolder : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public AugmentFolder()
    {
        Seeds = _folder["seeds.jsonl"];
        Output = _folder["out.jsonl"];
        WriteSeeds();
    }

    public string Seeds { get; }

    public string Output { get; }

    public string Journal => Augmenter.JournalOf(Output);

    public AugmentationOptions Options { get; set; } = new() { Count = 60, Concurrency = 4, BenignShare = 0.25 };

    public FakeWriter Generator { get; set; } = new("generator");

    public FakeWriter? Refuser { get; set; } = new("refuser", FakeWriter.Refuse);

    public FakeWriter? Complier { get; set; } = new("complier", FakeWriter.Comply);

    public string this[string name] => _folder[name];

    /// <summary>Seed rows that are unsafe and safe by turns; every fourth has a response.</summary>
    public void WriteSeeds(int rows = 24) => File.WriteAllText(Seeds, string.Concat(Enumerable.Range(0, rows).Select(static i =>
    {
        string response = i % 4 == 3 ? "\"response\":\"yes\"," : "";
        string words = string.Join(' ', MildSentences.Draw(new Random(1000 + i)));
        return $$"""{"id":"s{{i}}","prompt":"{{words}}",{{response}}"unsafe":{{i % 2}},"category":"c","lang":"en"}""" + "\n";
    })));

    /// <summary>The same models, with nothing counted yet.</summary>
    public void Renew(int jumble = 0)
    {
        Generator = new FakeWriter("generator", null, jumble);
        Refuser = Refuser is null ? null : new FakeWriter("refuser", FakeWriter.Refuse, jumble);
        Complier = Complier is null ? null : new FakeWriter("complier", FakeWriter.Comply, jumble);
    }

    public int Calls() => Generator.Calls + (Refuser?.Calls ?? 0) + (Complier?.Calls ?? 0);

    public async Task<AugmentationReport> AugmentAsync(CancellationToken? stop = null, ISynonyms? synonyms = null)
    {
        var models = new AugmentationModels
        {
            Generator = new AugmentationModel(Generator, new TokenPrices { PromptPerMillion = 1, AnswerPerMillion = 2 }),
            Refuser = Refuser is null ? null : new AugmentationModel(Refuser),
            Complier = Complier is null ? null : new AugmentationModel(Complier),
        };
        return await new Augmenter(models, synonyms, Options).AugmentAsync(
            Seeds, Output, cancellationToken: stop ?? TestContext.Current.CancellationToken);
    }

    public async Task<string> FailAsync() => (await Assert.ThrowsAsync<PicketException>(() => AugmentAsync())).Message;

    public Task<byte[]> OutputAsync() => File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<Example>> RowsAsync() =>
        await ExampleReader.ReadAsync(Output, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
