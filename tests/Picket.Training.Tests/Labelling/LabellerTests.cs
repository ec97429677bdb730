using System.IO.Compression;
using System.Text;
using Picket.Training.Labelling;

namespace Picket.Training.Tests.Labelling;

public sealed class LabellerTests : IDisposable
{
    private readonly LabelFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LabelAsync_Rows_KeepTheirFieldsAndGetProbabilityAndLabel()
    {
        _folder.Options = _folder.Options with { Threshold = 0.25, BatchSize = 1 };

        await _folder.LabelAsync();

        string[] lines = await _folder.LinesAsync();
        Assert.Equal(LabelFolder.Rows, lines.Length);
        Assert.Equal(
            """{"id":"r25","prompt":"0.25","unsafe":1,"unsafe_probability":0.250000001,"category":"c1","source":"s","lang":"en"}""", lines[25]);
        Assert.Contains("\"unsafe\":0", lines[4], StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Journal));
    }

    [Fact]
    public async Task LabelAsync_KeepLabels_LabelsOnlyWhatHasNone()
    {
        _folder.Options = _folder.Options with { KeepLabels = true, Threshold = 0.3 };

        await _folder.LabelAsync();

        string[] lines = await _folder.LinesAsync();
        Assert.Equal([0, 1, 0, 1, 1], new[] { 33, 4, 5, 34, 35 }.Select(i => lines[i].Contains("\"unsafe\":1", StringComparison.Ordinal) ? 1 : 0));
        Assert.All(lines, line => Assert.Contains("\"unsafe_probability\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LabelAsync_GzipName_WritesGzip()
    {
        await _folder.LabelAsync();
        byte[] plain = await _folder.OutputAsync();
        _folder.Output += ".gz";

        await _folder.LabelAsync();

        await using var packed = new GZipStream(File.OpenRead(_folder.Output), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await packed.CopyToAsync(unpacked, Token);
        Assert.Equal(plain, unpacked.ToArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("surge-toxicity")]
    public async Task LabelAsync_OtherFormat_IsReadAsEvalReadsIt(string? format)
    {
        await File.WriteAllTextAsync(_folder.Input, "text,is_toxic\n0.75,Toxic\n0.5,Toxic\n", Token);
        _folder.Options = _folder.Options with { Threshold = 0.6, Format = format };

        DisagreementReport report = await _folder.LabelAsync();

        Assert.Equal((2, 1), (report.Overall.LabelledRows, report.Overall.TeacherSafeLabelUnsafe));
        Assert.Contains("\"prompt\":\"0.75\",\"unsafe\":1", (await _folder.LinesAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LabelAsync_BadRow_IsToldBeforeTheTeacherIsAsked()
    {
        await File.AppendAllTextAsync(_folder.Input, "{\"id\":\"x\"}\n", Token);
        var teacher = new TextTeacher();

        PicketException fault = await Assert.ThrowsAnyAsync<PicketException>(() => _folder.LabelAsync(teacher));

        Assert.Equal($"{_folder.Input}, line 51, field \"prompt\": is missing", fault.Message);
        Assert.Equal(0, teacher.Scored);
        Assert.Equal(["in.jsonl"], Directory.GetFiles(_folder[""]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task LabelAsync_NoRows_IsRefused()
    {
        await File.WriteAllTextAsync(_folder.Input, " \n", Token);
        _folder.Options = _folder.Options with { Format = "picket" };

        PicketException fault = await Assert.ThrowsAnyAsync<PicketException>(() => _folder.LabelAsync());

        Assert.Equal($"{_folder.Input}: expected rows to label, found none", fault.Message);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public async Task LabelAsync_NoProbability_NamesGuardAndRow(double probability)
    {
        await File.WriteAllTextAsync(_folder.Input, $"{{\"id\":\"r1\",\"prompt\":\"{probability}\"}}\n", Encoding.UTF8, Token);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync());

        Assert.StartsWith("guard text, r1, unsafe probability: expected 0 to 1, found ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LabelAsync_OptionsOutOfRange_AreToldTogether()
    {
        _folder.Options = new LabellerOptions { Threshold = double.NaN, BatchSize = 0, Parallelism = 0, SurprisingRows = -1 };

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => _folder.LabelAsync());

        Assert.All(
            ["threshold", "batch size", "parallelism", "surprising rows"],
            word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LabelAsync_FailingReport_LeavesTheOldOutputAndAWholeJournal()
    {
        await File.WriteAllTextAsync(_folder.Output, "old", Token);
        var labeller = new Labeller(new TextTeacher(), _folder.Options);

        await Assert.ThrowsAsync<PicketException>(
            () => labeller.LabelAsync(_folder.Input, _folder.Output, _ => throw new PicketException("no room"), cancellationToken: Token));

        Assert.Equal("old", await File.ReadAllTextAsync(_folder.Output, Token));
        var teacher = new TextTeacher();
        await _folder.LabelAsync(teacher);
        Assert.Equal((0, LabelFolder.Rows), (teacher.Scored, (await _folder.LinesAsync()).Length));
    }

    public void Dispose() => _folder.Dispose();
}
