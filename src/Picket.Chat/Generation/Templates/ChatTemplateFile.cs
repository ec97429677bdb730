using System.Text.Json;

namespace Picket.Chat;

/// <summary>A chat template in a file: one JSON object with the properties of <see cref="ChatTemplate"/> in snake case.</summary>
/// <remarks>
/// <code>
/// {
///   "name": "mine",                                           // optional; else the file's name
///   "begin": "&lt;s&gt;",                                           // optional
///   "system": "&lt;|system|&gt;\n{text}&lt;/s&gt;\n",                     // optional; without it a system turn is refused
///   "system_in_user": "{system}\n\n{text}",                   // instead of "system": folded into the first user turn
///   "user": "&lt;|user|&gt;\n{text}&lt;/s&gt;\n",
///   "assistant": "&lt;|assistant|&gt;\n{text}&lt;/s&gt;\n",
///   "open": "&lt;|assistant|&gt;\n",                                // optional
///   "trim": false,                                            // optional
///   "stop": ["&lt;/s&gt;"]                                          // optional
/// }
/// </code>
/// <c>{text}</c> stands once in each turn, <c>{system}</c> once before it in <c>system_in_user</c>. Comments and trailing commas are read over;
/// an unknown field is refused, so that a misspelt one is not lost.
/// </remarks>
public static class ChatTemplateFile
{
    private const long MaxBytes = 1 << 20;

    private static readonly string[] Known = ["name", "begin", "system", "system_in_user", "user", "assistant", "open", "trim", "stop"];

    /// <summary>The template in <paramref name="path"/>.</summary>
    /// <exception cref="PicketException">The file is missing, not JSON, or a field is missing, unknown or without its mark.</exception>
    public static ChatTemplate Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxBytes)
            {
                throw new PicketException($"{path}: expected a chat template of at most {MaxBytes} bytes, found {file.Length}");
            }

            var reading = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), reading);
            return Read(document.RootElement, path);
        }
        catch (JsonException fault)
        {
            throw new PicketException($"{path}:{fault.LineNumber + 1}: expected a chat template in JSON, found something else", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: expected a chat template, found a file that cannot be read", fault);
        }
    }

    private static ChatTemplate Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new PicketException($"{path}: expected one JSON object, found {root.ValueKind}");
        }

        if (root.EnumerateObject().Select(static field => field.Name).FirstOrDefault(static name => !Known.Contains(name)) is { } unknown)
        {
            throw new PicketException($"{path}: expected the fields {string.Join(", ", Known)}; found '{unknown}'");
        }

        string? folded = Turn(root, path, "system_in_user", required: false);
        if (folded is not null && Marks(folded[..folded.IndexOf(ChatTemplate.TextMark, StringComparison.Ordinal)], ChatTemplate.SystemMark) != 1)
        {
            throw new PicketException($"{path}: system_in_user: expected {{system}} once before {{text}}, found it otherwise");
        }

        return new ChatTemplate
        {
            Name = Text(root, path, "name") ?? Path.GetFileNameWithoutExtension(path),
            Begin = Text(root, path, "begin") ?? "",
            System = Turn(root, path, "system", required: false),
            SystemInUser = folded,
            User = Turn(root, path, "user", required: true)!,
            Assistant = Turn(root, path, "assistant", required: true)!,
            Open = Text(root, path, "open") ?? "",
            Trim = root.Field("trim") is { } trim && Flag(trim, path),
            Stop = root.Field("stop") is { } stop ? Texts(stop, path) : [],
        };
    }

    private static string? Turn(JsonElement root, string path, string name, bool required)
    {
        string? turn = Text(root, path, name);
        int marks = turn is null ? 0 : Marks(turn, ChatTemplate.TextMark);
        return marks == 1 || (turn is null && !required)
            ? turn
            : throw new PicketException(
                $"{path}: {name}: expected a text with {{text}} in it once, found {(turn is null ? "none" : $"it {marks} times")}");
    }

    private static int Marks(string text, string mark) => text.Split(mark).Length - 1;

    private static string? Text(JsonElement root, string path, string name) => root.Field(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw new PicketException($"{path}: {name}: expected a text, found {other.ValueKind}"),
    };

    private static bool Flag(JsonElement value, string path) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.ValueKind == JsonValueKind.True
        : throw new PicketException($"{path}: trim: expected true or false, found {value.ValueKind}");

    private static string[] Texts(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static one => one.GetString()!)]
            : throw new PicketException($"{path}: stop: expected a list of texts, found something else");
}
