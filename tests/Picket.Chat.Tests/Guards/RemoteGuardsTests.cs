namespace Picket.Chat.Tests;

public sealed class RemoteGuardsTests
{
    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("HTTPS://guard.test/v1", true)]
    [InlineData("https", false)]
    [InlineData("./http:", false)]
    [InlineData(null, false)]
    public void IsAddress_Place_IsToldByItsScheme(string? place, bool expected) => Assert.Equal(expected, RemoteGuards.IsAddress(place));

    [Theory]
    [InlineData("https://h.test", "https://h.test/v1/moderations", "{\"input\":\"p\"}")]
    [InlineData("https://h.test/v1#moderations?model=omni", "https://h.test/v1/moderations", "{\"model\":\"omni\",\"input\":\"p\"}")]
    [InlineData("https://h.test/v1#llama-guard-3?model=a%2Fb&top-logprobs=5", "https://h.test/v1/chat/completions", "{\"model\":\"a/b\",")]
    [InlineData("https://h.test#Llama-Guard-3?service=completions", "https://h.test/v1/completions", "{\"prompt\":\"<|start_header_id|>")]
    [InlineData("https://h.test#wildguard?begin-token=prompt", "https://h.test/v1/completions", "{\"prompt\":\"<s><|user|>")]
    [InlineData("http://127.0.0.1:8080#qwen3guard", "http://127.0.0.1:8080/v1/chat/completions", "{\"messages\":")]
    public async Task Create_Address_AsksTheServiceItNames(string address, string expected, string body)
    {
        using var server = new ScriptedServer((_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError));
        using var http = new HttpClient(server);
        await using IGuard guard = RemoteGuards.Create(new Uri(address), http);

        await Assert.ThrowsAsync<PicketException>(
            async () => await guard.ScoreAsync([new GuardInput("p")], TestContext.Current.CancellationToken));

        Assert.Equal(new Uri(expected), Assert.Single(server.Heads).Address);
        Assert.StartsWith(body, Assert.Single(server.Bodies), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("probability=full-vocabulary", 0.6)]
    [InlineData("probability=two-way", 0.75)]
    [InlineData("", 0.75)]
    public async Task Create_Probability_IsReadSo(string settings, double expected)
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat("unsafe", "unsafe", 0.6, "safe", 0.2));
        using var http = new HttpClient(server);
        await using IGuard guard = RemoteGuards.Create(new Uri($"https://h.test#llama-guard-3?{settings}"), http, new RemoteOptions { Model = "m" });

        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([new GuardInput("p")], TestContext.Current.CancellationToken);

        Assert.Equal(expected, scores[0].UnsafeProbability, 1e-9);
        Assert.Equal(("m", "remote"), (guard.Description.Name, guard.Description.Kind));
    }

    [Theory]
    [InlineData("unsafe", 1)]
    [InlineData("safe", 0)]
    public async Task Create_Controversial_CountsAsToldAndTheKeyIsSent(string side, double expected)
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat("Safety: Controversial"));
        using var http = new HttpClient(server);
        var options = new RemoteOptions { ApiKey = "k-1" };
        await using IGuard guard = RemoteGuards.Create(new Uri($"https://h.test#qwen3guard?controversial={side}"), http, options);

        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([new GuardInput("p")], TestContext.Current.CancellationToken);

        Assert.Equal(expected, scores[0].UnsafeProbability);
        Assert.Equal("Bearer k-1", Assert.Single(server.Heads).Authorization);
    }

    [Theory]
    [InlineData(
        "nothing",
        "guard template: expected llama-guard-3, llama-guard-3-1b, granite-guardian-3, shieldgemma, wildguard, qwen3guard; found 'nothing'")]
    [InlineData(
        "qwen3guard?modle=x",
        "guard address: expected the settings model, service, probability, controversial, top-logprobs, begin-token; found 'modle'")]
    [InlineData("moderations?service=chat", "guard address: expected the settings model; found 'service'")]
    [InlineData("qwen3guard?service=tea", "guard address: service: expected chat or completions, found 'tea'")]
    [InlineData("qwen3guard?top-logprobs=many", "guard address: top-logprobs: expected a number, found 'many'")]
    [InlineData("qwen3guard?model=a&model=b", "guard address: expected settings name=value, each once; found 'model' otherwise")]
    [InlineData("qwen3guard?model", "guard address: expected settings name=value, each once; found 'model' otherwise")]
    [InlineData("shieldgemma?service=chat", "guard template shieldgemma: expected the service completions, found chat, for which it has no template")]
    public void Create_BadFragment_IsTold(string fragment, string expected)
    {
        using var http = new HttpClient();

        Assert.Equal(expected, Assert.Throws<PicketException>(() => RemoteGuards.Create(new Uri($"https://h.test#{fragment}"), http)).Message);
    }

    [Theory]
    [InlineData("https://h.test?key=secret#qwen3guard")]
    [InlineData("https://name:secret@h.test#qwen3guard")]
    public void Create_SecretsInTheAddress_AreRefusedAndNotRepeated(string address)
    {
        using var http = new HttpClient();

        PicketException fault = Assert.Throws<PicketException>(() => RemoteGuards.Create(new Uri(address), http));

        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }
}
