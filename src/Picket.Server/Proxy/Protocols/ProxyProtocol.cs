using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>One API of model servers: where its requests and answers have their texts, and how it says that one was filtered.</summary>
internal abstract class ProxyProtocol
{
    /// <summary>What an API calls a filtered text.</summary>
    public const string ContentFilter = "content_filter";

    /// <summary>The route's name in <c>Picket:Routes</c>, metrics and logs.</summary>
    public abstract string Route { get; }

    /// <summary>The service behind <c>/v1/</c>, here and at the upstream.</summary>
    public abstract string Service { get; }

    /// <summary>The address.</summary>
    public string Path => $"/v1/{Service}";

    /// <summary>Whether a stream says its texts again when they are whole.</summary>
    public virtual bool Repeats => false;

    /// <summary>
    /// Whether a choice's last event says what the answer cost. Then a block is told by that event too, when the upstream has come to it.
    /// </summary>
    public virtual bool EndsWithUsage => false;

    /// <summary>What comes last in a stream; empty where nothing of its own does.</summary>
    public virtual string Done => "";

    /// <summary>Reads a request.</summary>
    /// <exception cref="RequestFault">It is not what the API takes.</exception>
    public abstract ProxyRequest Read(JsonElement body, JsonReading reading);

    /// <summary>Writes the request with BiasDefense around it; what is not a text it touches is copied byte by byte.</summary>
    public abstract void WriteDefended(Utf8JsonWriter json, ProxyRequest request, BiasDefenseWording wording);

    /// <summary>The choices of an answer, or of one event of a stream, with their texts.</summary>
    /// <returns><see langword="null"/> when it is nothing of the API.</returns>
    public abstract IReadOnlyList<AnswerChoice>? Choices(JsonElement answer);

    /// <summary>Writes a whole answer with some choices replaced.</summary>
    public abstract void WriteReplaced(Utf8JsonWriter json, JsonElement answer, IReadOnlySet<int> blocked, string refusal);

    /// <summary>Writes the answer to a request that was not passed on.</summary>
    public abstract void WriteRefusal(Utf8JsonWriter json, ProxyRequest request, string refusal, DateTimeOffset now);

    /// <summary>The same as a stream, without <see cref="Done"/>.</summary>
    public abstract IEnumerable<SseMessage> RefusalStream(ProxyRequest request, string refusal, DateTimeOffset now);

    /// <summary>Writes an event of a stream without some choices.</summary>
    /// <returns>Whether anything is left that is worth sending.</returns>
    public abstract bool WriteWithout(Utf8JsonWriter json, JsonElement message, IReadOnlySet<int> blocked);

    /// <summary>The last events of a choice that is blocked.</summary>
    /// <param name="first">The first event of the stream, which names the answer and the model.</param>
    /// <param name="blocked">The first event that does not leave.</param>
    /// <param name="last">The latest one, with what the answer cost where <see cref="EndsWithUsage"/>; <see langword="null"/> without one.</param>
    /// <param name="choice">Which choice.</param>
    /// <param name="refusal">What is said in place of the text; empty for nothing.</param>
    public abstract IEnumerable<SseMessage> BlockedEnd(JsonElement first, JsonElement blocked, JsonElement? last, int choice, string refusal);

    /// <summary>Writes a request with one user message.</summary>
    public abstract void WriteCanary(Utf8JsonWriter json, string text, bool streams);

    /// <summary>Writes an upstream's whole answer with that text.</summary>
    public abstract void WriteCanaryAnswer(Utf8JsonWriter json, string text);

    /// <summary>The same as a stream.</summary>
    public abstract IEnumerable<SseMessage> CanaryStream(string text);
}
