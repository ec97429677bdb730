using System.Net;
using System.Text;
using Picket.Chat;

namespace Picket.Ablation.Tests;

public sealed class CompletionServerTests : IAsyncDisposable
{
    private readonly SeedGenerator _model = new(MildTexts.Draw(50, seed: 3), MildTexts.Draw(50, seed: 4), order: 4);
    private readonly CompletionServer _server;
    private readonly HttpClient _http = new();

    public CompletionServerTests() => _server = CompletionServer.Start(_model, port: 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task FindAsync_OverHttp_GoesOnWithThePrefix()
    {
        await using IGenerator found = await RemoteGenerators.FindAsync(_server.Address, _http, cancellationToken: Token);

        Assert.Equal(PrefixStyle.ContinueFinalMessage, found.Description.Prefix);
    }

    [Fact]
    public async Task GenerateAsync_OverChat_SaysWhatTheModelSays()
    {
        var request = new GenerationRequest([new ChatTurn(ChatSpeaker.User, "Go on.")])
        {
            AssistantPrefix = "Tell me",
            Seed = 11,
            MaxTokens = 9,
            Temperature = 0.7,
            TopP = 0.9,
            Stop = ["?"],
        };
        await using var client = new ChatGenerator(_server.Address, _http, PrefixStyle.PrefixField);

        Generation found = await client.GenerateAsync(request, Token);

        Assert.Equal(await _model.GenerateAsync(request, Token), found);
    }

    [Fact]
    public async Task GenerateAsync_OverCompletions_GoesOnWithTheRenderedPrompt()
    {
        var request = new GenerationRequest([new ChatTurn(ChatSpeaker.User, "Go on.")]) { AssistantPrefix = "What is the", Temperature = 0 };
        await using var client = new CompletionGenerator(_server.Address, _http, ChatTemplates.Gemma);

        Generation found = await client.GenerateAsync(request, Token);

        Assert.StartsWith(" best way to", found.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1/chat/completions", "{\"messages\":[]}", HttpStatusCode.BadRequest)]
    [InlineData("v1/chat/completions", "{\"messages\":[{\"role\":\"user\"}]}", HttpStatusCode.BadRequest)]
    [InlineData("v1/completions", "not json", HttpStatusCode.BadRequest)]
    [InlineData("v1/moderations", "{}", HttpStatusCode.NotFound)]
    public async Task Post_WhatIsNoRequest_IsRefused(string path, string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await _http.PostAsync(new Uri(_server.Address, path), content, Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public void Start_PortThatIsTaken_IsTold()
    {
        PicketException fault = Assert.Throws<PicketException>(() => CompletionServer.Start(_model, _server.Address.Port));

        Assert.StartsWith($"{_server.Address}: expected a free port, found", fault.Message, StringComparison.Ordinal);
    }
}
