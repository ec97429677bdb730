namespace Picket.Chat.Tests;

public sealed class ChatTemplateFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"picket-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_AllFields_RendersThem()
    {
        File.WriteAllText(_path, """
            {
              // mine
              "name": "mine", "begin": "^", "system_in_user": "{system}|{text}", "user": "U:{text};", "assistant": "A:{text};",
              "open": "A:", "trim": true, "stop": [";"],
            }
            """);

        ChatTemplate template = ChatTemplates.Find(_path);

        Assert.Equal("^U:s|u;A:Well", template.Render([new(ChatSpeaker.System, "s"), new(ChatSpeaker.User, "u ")], "Well"));
        Assert.Equal(("mine", ";"), (template.Name, Assert.Single(template.Stop)));
    }

    [Theory]
    [InlineData("""{"user":"{text}"}""", "assistant: expected a text with {text} in it once, found none")]
    [InlineData("""{"user":"{text}{text}","assistant":"{text}"}""", "user: expected a text with {text} in it once, found it 2 times")]
    [InlineData("""{"user":"{text}","assistant":"{text}","system_in_user":"{text}{system}"}""", "system_in_user: expected {system} once before")]
    [InlineData("""{"usr":"{text}"}""", "found 'usr'")]
    [InlineData("""{"user":1}""", "user: expected a text, found Number")]
    [InlineData("""{"user":"{text}","assistant":"{text}","stop":";"}""", "stop: expected a list of texts")]
    [InlineData("""{"user":"{text}","assistant":"{text}","trim":1}""", "trim: expected true or false")]
    [InlineData("[]", "expected one JSON object, found Array")]
    [InlineData("{", ":1: expected a chat template in JSON")]
    public void Read_BadFile_IsToldWithItsField(string text, string expected)
    {
        File.WriteAllText(_path, text);

        string message = Assert.Throws<PicketException>(() => ChatTemplateFile.Read(_path)).Message;

        Assert.StartsWith(_path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_IsTold() => Assert.Contains(
        "found a file that cannot be read", Assert.Throws<PicketException>(() => ChatTemplateFile.Read(_path)).Message, StringComparison.Ordinal);
}
