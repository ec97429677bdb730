using System.Text.Json;

namespace Picket.Server;

/// <summary>One API in which texts are judged: how it asks, answers, and tells faults.</summary>
internal abstract class CheckProtocol
{
    /// <summary>The route's name in <c>Picket:Routes</c>, metrics and logs.</summary>
    public abstract string Route { get; }

    /// <summary>The address.</summary>
    public abstract string Path { get; }

    public virtual ErrorShape Errors => ErrorShape.Problem;

    /// <summary>What is to be judged.</summary>
    /// <exception cref="RequestFault">The body is not what the API takes.</exception>
    public abstract CheckRequest Read(JsonElement body, JsonReading reading);

    /// <summary>Writes the answer; without whatever was judged.</summary>
    public abstract void Write(Utf8JsonWriter json, CheckRequest request, CheckOutcome outcome);

    /// <summary>Writes a request for one text.</summary>
    public abstract void WriteCanary(Utf8JsonWriter json, string text);

    /// <summary>Whether a client that reads an answer to one text as the API's documentation says would hold that text back.</summary>
    public abstract bool Blocks(JsonElement answer);
}
