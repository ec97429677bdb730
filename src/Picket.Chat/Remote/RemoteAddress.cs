namespace Picket.Chat;

/// <summary>A server's base address becomes the address of one of its services.</summary>
public static class RemoteAddress
{
    // The longer one first: it ends like the other.
    private static readonly string[] Services = ["/chat/completions", "/completions", "/moderations", "/responses"];

    /// <summary>
    /// <paramref name="server"/> with <c>/v1/</c> and <paramref name="service"/> behind it, or what of them is missing. An address that names a
    /// service already, whatever is before it (<c>/beta/chat/completions</c>), keeps that and gets the service that is asked for.
    /// </summary>
    /// <param name="server">The address as it was configured.</param>
    /// <param name="service">For example <c>chat/completions</c>.</param>
    /// <param name="role">What the server is, for messages.</param>
    /// <exception cref="PicketException">
    /// The address is none, or has a user, query or fragment; these may hold secrets and are not quoted.
    /// </exception>
    public static Uri Of(Uri server, string service, string role)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(service);
        if (!server.IsAbsoluteUri || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps))
        {
            throw new PicketException($"{role} server: expected an address that begins with http:// or https://, found another");
        }

        if (server.UserInfo.Length > 0 || server.Query.Length > 0 || server.Fragment.Length > 0)
        {
            throw new PicketException($"{server.Scheme}://{server.Authority}: expected an address without user, query and fragment, found one with");
        }

        string path = server.AbsolutePath.TrimEnd('/');
        string? named = Array.Find(Services, known => path.EndsWith(known, StringComparison.Ordinal));
        string start = named is not null ? path[..^named.Length]
            : path.EndsWith("/v1", StringComparison.Ordinal) ? path
            : path + "/v1";
        return new UriBuilder(server) { Path = $"{start}/{service}" }.Uri;
    }
}
