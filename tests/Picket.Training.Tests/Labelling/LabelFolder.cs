using System.Globalization;
using System.Text;
using Picket.Testing;
using Picket.Training.Labelling;

namespace Picket.Training.Tests.Labelling;

/// <summary>A folder with rows to label, and runs over them.</summary>
internal sealed class LabelFolder : IDisposable
{
    public const int Rows = 50;

    private readonly ScratchFolder _folder = new();

    public LabelFolder()
    {
        Input = _folder["in.jsonl"];
        Output = _folder["out.jsonl"];
        WriteInput();
    }

    public string Input { get; }

    public string Output { get; set; }

    public string Journal => Labeller.JournalOf(Output);

    public LabellerOptions Options { get; set; } = new() { BatchSize = 4, Parallelism = 3 };

    public string this[string name] => _folder[name];

    /// <summary>Row i asks for i/100 and is labelled by turns safe, unsafe and not at all.</summary>
    public void WriteInput(int rows = Rows) => File.WriteAllText(Input, string.Concat(Enumerable.Range(0, rows).Select(static i =>
    {
        string label = (i % 3) switch { 0 => "\"unsafe\":0,", 1 => "\"unsafe\":1,", _ => "" };
        string number = (i / 100.0).ToString(CultureInfo.InvariantCulture);
        return $$"""{"id":"r{{i}}","prompt":"{{number}}",{{label}}"category":"c{{i % 2}}","source":"s","lang":"en"}""" + "\n";
    })));

    public async Task<DisagreementReport> LabelAsync(TextTeacher? teacher = null, CancellationToken? stop = null)
    {
        teacher ??= new TextTeacher();
        return await new Labeller(teacher, Options).LabelAsync(
            Input, Output, cancellationToken: stop ?? TestContext.Current.CancellationToken);
    }

    /// <summary>A run that the teacher ends at the given call; the journal it leaves.</summary>
    public async Task<byte[]> InterruptAsync(int failingCall)
    {
        await Assert.ThrowsAsync<PicketException>(() => LabelAsync(new TextTeacher { FailingCall = failingCall }));
        return await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken);
    }

    public Task<byte[]> OutputAsync() => File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken);

    public async Task<string[]> LinesAsync() => Encoding.UTF8.GetString(await OutputAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _folder.Dispose();
}
