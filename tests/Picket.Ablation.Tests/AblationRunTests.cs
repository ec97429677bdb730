using Picket.Data;
using Picket.Testing;
using Picket.Training.Augmentation;

namespace Picket.Ablation.Tests;

public sealed class AblationRunTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _log = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AblationSettings Settings => new()
    {
        Shared = _folder["shared"],
        Work = _folder["work"],
        WordNet = SharedFolder.RequireExisting(WordNet.DefaultFolder, "needs Debian's wordnet-base"),
        SeedRows = 300,
        Added = 20,
        Seeds = [1],
        Epochs = 1,
        Port = 0,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_CellThatIsMissing_IsTrainedAgainAlone()
    {
        await WriteSharedAsync();
        AblationReport first = await new AblationRun(Settings, _log.Add).RunAsync(Token);
        File.Delete(Path.Combine(_folder["work"], "cells", "n-gram-eda-1.json"));
        _log.Clear();

        AblationReport second = await new AblationRun(Settings, _log.Add).RunAsync(Token);

        Assert.Equal(["n-gram, eda, seed 1: learning from 320 rows"], _log);
        Assert.Equal(ReportTable.Write(first), ReportTable.Write(second));
        Assert.Equal(["plain", "eda", "generator"], second.Cells.Select(static cell => cell.Arm));
        Assert.All(second.Added, static rows => Assert.Equal(20, rows.Added));
    }

    [Fact]
    public async Task RunAsync_OtherSettingsInAWorkFolder_IsRefused()
    {
        await WriteSharedAsync();
        await AblationIdentity.KeepAsync(_folder["work"], await AblationIdentity.OfAsync(Settings, "a", Token), Token);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            async () => await AblationIdentity.KeepAsync(
                _folder["work"], await AblationIdentity.OfAsync(Settings with { Order = 2 }, "a", Token), Token));

        Assert.Contains("(order: expected 4, found 2)", fault.Message, StringComparison.Ordinal);
    }

    private async Task WriteSharedAsync()
    {
        AblationSettings settings = Settings;
        Directory.CreateDirectory(Path.GetDirectoryName(settings.Data)!);
        Directory.CreateDirectory(Path.GetDirectoryName(settings.EvaluationFiles[0])!);
        await RowShare.WriteAsync(settings.Data, Rows("How", 400, seed: 1), Token);
        foreach ((string file, int set) in settings.EvaluationFiles.Select(static (file, set) => (file, set)))
        {
            await RowShare.WriteAsync(file, Rows("Elsewhere, how", 20, seed: 100 + set), Token);
        }
    }

    // Every third row counts as unsafe, which its text shows by a word and nothing else.
    private static Example[] Rows(string opening, int count, int seed) =>
    [
        .. MildTexts.Draw(count, seed).Select((text, i) => new Example
        {
            Id = $"{seed}-{i}", Prompt = $"{opening} {i} {(i % 3 == 0 ? "violins" : "pianos")}: {text}", Unsafe = i % 3 == 0,
        }),
    ];
}
