using System.Text;

namespace Picket.Server;

/// <summary>One event of ours in a stream.</summary>
/// <param name="Name">The event's name; empty where the API gives none.</param>
/// <param name="Data">One line of JSON.</param>
internal sealed record SseMessage(string Name, byte[] Data)
{
    public override string ToString() => $"{Name} {Data.Length} bytes";

    /// <summary>As it goes over the wire.</summary>
    public byte[] Bytes() =>
        [.. Name.Length == 0 ? [] : Encoding.UTF8.GetBytes($"event: {Name}\n"), .. "data: "u8, .. Data, .. "\n\n"u8];
}
