using System.Text;
using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

/// <summary>Contents of each kind that hold the marker.</summary>
internal static class Contents
{
    public static AIContent Unsafe(string kind) => kind switch
    {
        "reasoning" => new TextReasoningContent("it is BAD"),
        "call" => new FunctionCallContent("1", "look", new Dictionary<string, object?> { ["up"] = new[] { "flour", "BAD" } }),
        "result" => new FunctionResultContent("1", new { Found = "BAD" }),
        "refusal" => new ErrorContent("it is BAD") { ErrorCode = "Refusal" },
        "file" => new DataContent(Encoding.UTF8.GetBytes("it is BAD"), "text/plain"),
        _ => new TextContent("it is BAD"),
    };
}
