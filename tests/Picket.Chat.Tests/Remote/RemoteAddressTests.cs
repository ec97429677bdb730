namespace Picket.Chat.Tests;

public sealed class RemoteAddressTests
{
    [Theory]
    [InlineData("https://h.test", "completions", "https://h.test/v1/completions")]
    [InlineData("https://h.test/a/v1/", "chat/completions", "https://h.test/a/v1/chat/completions")]
    [InlineData("https://h.test/v1/completions", "chat/completions", "https://h.test/v1/chat/completions")]
    [InlineData("https://h.test/beta/chat/completions", "chat/completions", "https://h.test/beta/chat/completions")]
    [InlineData("https://h.test/beta/chat/completions", "completions", "https://h.test/beta/completions")]
    public void Of_Address_GetsTheService(string server, string service, string expected) =>
        Assert.Equal(new Uri(expected), RemoteAddress.Of(new Uri(server), service, "chat"));
}
