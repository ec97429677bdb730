namespace Picket.Server;

/// <summary>The upstream that a server has, if it has one.</summary>
internal sealed record ProxyUpstream(Upstream? Value) : IDisposable
{
    public void Dispose() => Value?.Dispose();
}
