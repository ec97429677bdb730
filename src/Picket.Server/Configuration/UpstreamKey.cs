namespace Picket.Server;

/// <summary>Whose key the upstream gets.</summary>
public enum UpstreamKey
{
    /// <summary>The server's, from the environment variable <see cref="ProxyOptions.KeyVariable"/>.</summary>
    Server,

    /// <summary>
    /// What the client sends as <c>Authorization</c>. Where this server has keys, the client sends its own for this server as
    /// <c>Picket-Key</c>; an <c>Authorization</c> that let the request in here is never passed on.
    /// </summary>
    Client,
}
