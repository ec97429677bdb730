using System.Text;
using System.Text.Json;

namespace Picket.Cli.Tests.Check;

public sealed class CheckTextTests
{
    [Theory]
    [InlineData("a good day", "safe    0.100  fake\n", 0)]
    [InlineData("a bad day", "unsafe  0.900  fake\n", 1)]
    [InlineData("", "safe    0.100  fake\n", 0)]
    public async Task Check_Text_PrintsVerdictAndGivesItsStatus(string text, string output, int status)
    {
        Assert.Equal(new CliResult(status, output, ""), await CliRun.CheckAsync([text]));
    }

    [Fact]
    public async Task Check_Response_JudgesTheResponse()
    {
        var guard = new FakeGuard();

        Assert.Equal(1, (await CliRun.CheckAsync(["a good day", "--response", "a bad one"], guard: guard)).Status);
        Assert.Equal([new GuardInput("a good day", "a bad one")], guard.Seen);
    }

    [Fact]
    public async Task Check_EmptyResponse_IsAResponse()
    {
        var guard = new FakeGuard();

        Assert.Equal(0, (await CliRun.CheckAsync(["a bad day", "--response", ""], guard: guard)).Status);
        Assert.Equal([new GuardInput("a bad day", "")], guard.Seen);
    }

    [Fact]
    public async Task Check_Json_HasTheFieldsOfTheVerdict()
    {
        CliResult result = await CliRun.CheckAsync(["a bad day", "--json"]);

        Assert.Equal("""{"unsafe":true,"unsafe_probability":0.9,"decided_by":"fake","windows":1,"degraded":false}""" + "\n", result.Output);
        JsonDocument.Parse(result.Output).Dispose();
    }

    [Theory]
    [InlineData("0.05", 1)]
    [InlineData("0.1", 1)]
    [InlineData("0.5", 0)]
    public async Task Check_Threshold_Decides(string threshold, int status)
    {
        Assert.Equal(status, (await CliRun.CheckAsync(["hi", "--threshold", threshold])).Status);
    }

    [Theory]
    [InlineData("one\ntwo\n", "one\ntwo")]
    [InlineData("one\r\n", "one")]
    [InlineData("\uFEFFone", "one")]
    [InlineData("", "")]
    public async Task Check_StandardInput_IsOneText(string input, string text)
    {
        var guard = new FakeGuard();

        Assert.Equal(0, (await CliRun.CheckAsync([], input, guard)).Status);
        Assert.Equal([new GuardInput(text)], guard.Seen);
    }

    [Fact]
    public async Task Check_TenMegabytes_AreScoredWhole()
    {
        var guard = new FakeGuard();

        CliResult result = await CliRun.CheckAsync([], new string('a', 10 << 20) + " bad", guard);

        Assert.Equal(1, result.Status);
        Assert.Equal((10 << 20) + 4, guard.Seen[0].Prompt.Length);
    }

    [Fact]
    public async Task Check_OverTheSizeLimit_IsAnError()
    {
        CliResult result = await CliRun.CheckAsync([], new RepeatedStream("aaaaaaa "u8.ToArray(), 9_000_000));

        Assert.Equal(2, result.Status);
        Assert.StartsWith("picket: error: <stdin>: expected a text of at most 64 MB, found more", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_InvalidUtf8_NamesOffset()
    {
        CliResult result = await CliRun.CheckAsync([], new MemoryStream([.. "über "u8, 0xC3, (byte)'x']));

        Assert.Equal(new CliResult(2, "", "picket: error: <stdin>: expected UTF-8, found an invalid byte at offset 6\n"), result);
    }

    [Theory]
    [InlineData("\ud800")]
    [InlineData("half \udc00 way")]
    public async Task Check_LoneSurrogate_IsScored(string text)
    {
        Assert.Equal(0, (await CliRun.CheckAsync([text])).Status);
    }

    [Fact]
    public async Task Check_File_IsReadAndNamedInErrors()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, [0xFF], TestContext.Current.CancellationToken);

        CliResult result = await CliRun.CheckAsync(["--file", path]);
        File.Delete(path);

        Assert.Equal((2, $"picket: error: {path}: expected UTF-8, found an invalid byte at offset 0\n"), (result.Status, result.Error));
    }

    [Fact]
    public async Task Check_MissingFile_IsAnError()
    {
        Assert.Equal(new CliResult(2, "", "picket: error: no-such-file: no such file\n"), await CliRun.CheckAsync(["--file", "no-such-file"]));
    }

    [Fact]
    public async Task Check_Directory_IsAnError()
    {
        string folder = Path.GetTempPath();

        CliResult result = await CliRun.CheckAsync(["--file", folder]);

        Assert.Equal(new CliResult(2, "", $"picket: error: {folder}: expected a file, found a directory\n"), result);
    }

    [Fact]
    public async Task Check_Done_DisposesTheGuard()
    {
        var guard = new FakeGuard();
        await CliRun.CheckAsync(["hi"], guard: guard);

        Assert.True(guard.Disposed);
    }

    [Fact]
    public async Task Check_GuardFailsUnexpectedly_SaysNothingOfTheText()
    {
        var guard = new FakeGuard { Before = (inputs, _) => throw new InvalidOperationException(inputs[0].Prompt) };

        CliResult result = await CliRun.CheckAsync(["a secret"], guard: guard);

        Assert.Equal(new CliResult(2, "", "picket: error: unexpected InvalidOperationException; set PICKET_TRACE=1 for the stack trace\n"), result);
    }

    [Fact]
    public async Task Check_CancelledWhileReading_EndsWith130()
    {
        using var caller = new CancellationTokenSource();
        var input = new TypedStream();
        Task<CliResult> run = CliRun.CheckAsync([], input, caller: caller);
        await caller.CancelAsync();

        Assert.Equal(new CliResult(130, "", ""), await run);
    }

    [Theory]
    [InlineData(true, "\e[31munsafe\e[0m  0.900  \e[31m━━━━━━━━━━━━━━━━━━\e[0;90m━━\e[0m  fake\n")]
    [InlineData(false, "unsafe  0.900  ━━━━━━━━━━━━━━━━━━──  fake\n")]
    public async Task Check_OnATerminal_DrawsABar(bool coloured, string expected)
    {
        using var output = new MemoryStream();
        var streams = new StandardStreams(Stream.Null, output, TextWriter.Null) { OutputIsTerminal = true, Coloured = coloured };

        await CliRun.RunAsync(["check", "bad"], streams, new FakeGuard());

        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
    }
}
