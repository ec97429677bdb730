namespace Picket.Cli.Tests.Check.JsonLines;

public sealed class CheckJsonLinesTests
{
    [Fact]
    public async Task Check_Rows_AnswersLineByLineInOrder()
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl", "--json"], """
            {"id":"a","prompt":"good"}
            {"prompt":"good","response":"bad","other":[{"x":1}]}

            {"id":7,"prompt":"bad","response":null}
            """);

        Assert.Equal(
            [
                """{"line":1,"id":"a","unsafe":false,"unsafe_probability":0.1,"decided_by":"fake","windows":1,"degraded":false}""",
                """{"line":2,"unsafe":true,"unsafe_probability":0.9,"decided_by":"fake","windows":1,"degraded":false}""",
                """{"line":4,"id":"7","unsafe":true,"unsafe_probability":0.9,"decided_by":"fake","windows":1,"degraded":false}""",
            ],
            result.Lines);
        Assert.Equal((1, ""), (result.Status, result.Error));
    }

    [Fact]
    public async Task Check_PlainRows_NameIdOrLineAndNoControlCharacters()
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl"], "{\"id\":\"a\\u001b[2J\\n\",\"prompt\":\"good\"}\r\n{\"prompt\":\"bad\"}\r\n");

        Assert.Equal(["safe    0.100  fake  a?[2J?", "unsafe  0.900  fake  line 2"], result.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF{\"prompt\":\"good\"}")]
    [InlineData("{\"prompt\":\"\"}")]
    public async Task Check_AllSafe_GivesZero(string input)
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl"], input);

        Assert.Equal((0, ""), (result.Status, result.Error));
    }

    [Fact]
    public async Task Check_BadLine_WritesWhatStoodBeforeAndStops()
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl"], "{\"prompt\":\"good\"}\n{\"prompt\":5}\n{\"prompt\":\"bad\"}\n");

        Assert.Equal(
            new CliResult(
                2,
                "safe    0.100  fake  line 1\n",
                "picket: error: <stdin>, line 2, field \"prompt\": expected a string, found a number\n"),
            result);
    }

    [Theory]
    [InlineData("{\"prompt\":\"secret")]
    [InlineData("{\"prompt\":\"secret\"} secret")]
    [InlineData("secret")]
    [InlineData("{\"response\":\"secret\"}")]
    [InlineData("{\"prompt\":[\"secret\"]}")]
    [InlineData("{\"prompt\":\"a\",\"prompt\":\"secret\"}")]
    [InlineData("{\"prompt\":\"\\ud800 secret\"}")]
    public async Task Check_BadRow_NamesTheLineAndNoText(string row)
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl"], "\n" + row);

        Assert.Equal(2, result.Status);
        Assert.StartsWith("picket: error: <stdin>, line 2", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RowInInvalidUtf8_IsABadLine()
    {
        CliResult result = await CliRun.CheckAsync(
            ["--jsonl", "--keep-going"], new MemoryStream([.. "{\"prompt\":\"a"u8, 0xFF, .. "\"}\n{\"prompt\":\"a\"}"u8]));

        Assert.StartsWith("<stdin>, line 1: ", result.Error, StringComparison.Ordinal);
        Assert.Equal((2, "safe    0.100  fake  line 2\n"), (result.Status, result.Output));
    }

    [Fact]
    public async Task Check_KeepGoing_ReportsBadLinesAndGoesOn()
    {
        CliResult result = await CliRun.CheckAsync(["--jsonl", "--keep-going"], "{\"prompt\":\"good\"}\n{}\n{\"prompt\":\"bad\"}\n[1]\n");

        Assert.Equal(["safe    0.100  fake  line 1", "unsafe  0.900  fake  line 3"], result.Lines);
        Assert.Equal(
            """
            <stdin>, line 2, field "prompt": is missing
            <stdin>, line 4: expected a JSON object, found an array
            picket: error: <stdin>: expected a row on every line, found 2 bad lines

            """,
            result.Error);
        Assert.Equal(2, result.Status);
    }

    [Fact]
    public async Task Check_ManyBlocks_KeepsOrderAndLineNumbers()
    {
        string input = string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{{\"id\":\"{i}\",\"prompt\":\"{(i % 3 == 0 ? "bad" : "good")}\"}}\n"));

        CliResult result = await CliRun.CheckAsync(["--jsonl"], input);

        Assert.Equal(Enumerable.Range(1, 20_000).Select(i => i % 3 == 0 ? $"unsafe  0.900  fake  {i}" : $"safe    0.100  fake  {i}"), result.Lines);
    }

    [Fact]
    public async Task Check_BlocksFinishOutOfOrder_AreWrittenInOrder()
    {
        var firstAsked = new TaskCompletionSource();
        var laterAsked = new TaskCompletionSource();
        var guard = new FakeGuard
        {
            Before = (inputs, _) =>
            {
                bool first = inputs[0].Prompt == "first";
                (first ? firstAsked : laterAsked).SetResult();
                return first ? laterAsked.Task : Task.CompletedTask;
            },
        };
        var input = new TypedStream();
        Task<CliResult> run = CliRun.CheckAsync(["--jsonl"], input, guard);
        await input.TypeAsync("{\"prompt\":\"first\"}\n");
        await firstAsked.Task;
        await input.TypeAsync("{\"prompt\":\"bad\"}\n");
        input.End();

        Assert.Equal(["safe    0.100  fake  line 1", "unsafe  0.900  fake  line 2"], (await run).Lines);
    }
}
