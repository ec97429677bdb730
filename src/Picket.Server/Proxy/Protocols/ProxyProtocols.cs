namespace Picket.Server;

/// <summary>The APIs that the proxy guards.</summary>
internal static class ProxyProtocols
{
    public static readonly IReadOnlyList<ProxyProtocol> All = [new ChatProtocol(), new CompletionProtocol(), new ResponsesProtocol()];
}
