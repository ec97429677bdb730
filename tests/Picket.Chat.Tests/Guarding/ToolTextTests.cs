using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

public sealed class ToolTextTests
{
    [Fact]
    public void Of_Arguments_AreLinesWithoutEscapes()
    {
        var arguments = new Dictionary<string, object?>
        {
            ["text"] = "say \"hi\"\nnow",
            ["parsed"] = JsonDocument.Parse("{\"inner\": [\"\\u0062read\", 2]}").RootElement,
            ["none"] = null,
        };

        Assert.Equal("look\ntext: say \"hi\"\nnow\nparsed:\ninner: bread\ninner: 2\nnone:", ToolText.Of("look", arguments).TrimEnd());
    }

    [Fact]
    public void Of_Contents_AreTheirTexts() =>
        Assert.Equal("flour\nwater", ToolText.Of(new List<AIContent> { new TextContent("flour"), new FunctionResultContent("1", "water") }));

    [Fact]
    public void Of_ValueThatIsNoJson_IsItsNameForItself() => Assert.Equal("System.Action", ToolText.Of(new Action(static () => { })));
}
