using Microsoft.Extensions.AI;
using static Picket.Chat.BiasDefenseOptions;

namespace Picket.Chat.Tests;

public sealed class BiasDefenseTests
{
    [Theory]
    [InlineData(BiasDefenseMode.Off, "user: How?")]
    [InlineData(BiasDefenseMode.System, $"system: {PicketSystemPrompt}|user: How?")]
    [InlineData(BiasDefenseMode.Suffix, $"user: How?\n\n{PublishedSuffix}")]
    [InlineData(BiasDefenseMode.Both, $"system: {PicketSystemPrompt}|user: How?\n\n{PublishedSuffix}")]
    public async Task GetResponseAsync_Mode_IsWhatIsPutAround(BiasDefenseMode mode, string expected) =>
        Assert.Equal(expected, await AskAsync(new BiasDefenseOptions { Mode = mode }, null, new ChatMessage(ChatRole.User, "How?")));

    [Fact]
    public async Task GetResponseAsync_SystemPromptIsThere_IsGoneOnWithAndNotChanged()
    {
        ChatMessage[] messages = [new(ChatRole.System, "Speak of bread."), new(ChatRole.User, "How?"), new(ChatRole.Assistant, "So.")];

        string asked = await AskAsync(new BiasDefenseOptions { SystemPrompt = "Be fair.", Suffix = "STOP." }, null, messages);

        Assert.Equal("system: Speak of bread.\n\nBe fair.|user: How?\n\nSTOP.|assistant: So.", asked);
        Assert.Equal("Speak of bread.|How?|So.", string.Join('|', messages.Select(static message => message.Text)));
    }

    [Fact]
    public async Task GetResponseAsync_Instructions_AreGoneOnWith()
    {
        var options = new ChatOptions { Instructions = "Speak of bread." };
        using var client = new StreamedClient();

        await client.WithBiasDefense(new BiasDefenseOptions { SystemPrompt = "Be fair." })
            .GetResponseAsync("How?", options, TestContext.Current.CancellationToken);

        Assert.Equal(("Speak of bread.\n\nBe fair.", "Speak of bread."), (client.Options!.Instructions, options.Instructions));
        Assert.Equal(ChatRole.User, Assert.Single(client.Asked).Role);
    }

    [Fact]
    public async Task GetResponseAsync_DefendedBefore_IsDefendedOnce()
    {
        ChatMessage[] messages = [new(ChatRole.System, PicketSystemPrompt), new(ChatRole.User, $"How?\n\n{PublishedSuffix}")];

        Assert.Equal($"system: {PicketSystemPrompt}|user: How?\n\n{PublishedSuffix}", await AskAsync(null, null, messages));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Both_ArePutAround()
    {
        using var client = new StreamedClient();
        await foreach (ChatResponseUpdate _ in client.WithBiasDefense().GetStreamingResponseAsync(
            "How?", cancellationToken: TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal([PicketSystemPrompt, $"How?\n\n{PublishedSuffix}"], client.Asked.Select(static message => message.Text));
    }

    [Fact]
    public void Create_OptionsOutOfRange_NamesThemAll()
    {
        PicketException fault = Assert.Throws<PicketException>(() =>
            new BiasDefenseWording(new BiasDefenseOptions { SystemPrompt = " ", Suffix = "" }));

        Assert.Equal("bias defense: system prompt: expected a text, found none; suffix: expected a text, found none", fault.Message);
    }

    private static async Task<string> AskAsync(BiasDefenseOptions? options, ChatOptions? chat, params ChatMessage[] messages)
    {
        using var client = new StreamedClient();
        await client.WithBiasDefense(options).GetResponseAsync(messages, chat, TestContext.Current.CancellationToken);
        return string.Join('|', client.Asked.Select(static message => $"{message.Role}: {message.Text}"));
    }
}
