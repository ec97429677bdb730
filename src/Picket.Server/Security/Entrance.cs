using System.Net;
using Microsoft.Extensions.Primitives;

namespace Picket.Server;

/// <summary>Lets a request in by its key, or, where there are no keys, by where it comes from.</summary>
internal sealed class Entrance(KeyRing keys)
{
    /// <summary>OpenAI's, Azure's and the common one, and before them all our own; the first that is there counts.</summary>
    internal static readonly string[] KeyHeaders = [OwnHeader, "api-key", "Ocp-Apim-Subscription-Key", "x-api-key"];

    // Where Authorization is meant for another server.
    private const string OwnHeader = "Picket-Key";

    /// <summary>Checks key, scope and rate.</summary>
    /// <returns>The key's name; <see langword="null"/> where there are no keys.</returns>
    /// <exception cref="RequestFault">The request is not let in.</exception>
    public string? Admit(HttpContext http, KeyScope scope)
    {
        if (keys.IsEmpty)
        {
            AdmitLocal(http);
            return null;
        }

        if (KeyOf(http.Request) is not { Length: > 0 } text || keys.Find(text) is not { } key)
        {
            throw new RequestFault(StatusCodes.Status401Unauthorized, FaultCode.InvalidKey, "expected an API key of this server, found none");
        }

        if (!key.Opens(scope))
        {
            throw new RequestFault(
                StatusCodes.Status403Forbidden, FaultCode.WrongScope, $"expected a key with the scope {scope}, found one without");
        }

        return key.Limit?.Take() is { } wait
            ? throw new RequestFault(StatusCodes.Status429TooManyRequests, FaultCode.RateLimit, "the key's requests of this minute are used up")
            {
                RetryAfter = wait,
            }
            : key.Name;
    }

    /// <summary>An <c>Authorization</c> that is meant for the server behind this one; what let the request in here is not.</summary>
    public string? ForOthers(HttpRequest request) =>
        (keys.IsEmpty || request.Headers.ContainsKey(OwnHeader)) && request.Headers.Authorization.ToString() is { Length: > 0 } authorization
            ? authorization
            : null;

    private static string? KeyOf(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        if (request.Headers.TryGetValue(OwnHeader, out StringValues own))
        {
            return own.ToString();
        }

        if (request.Headers.Authorization.ToString() is { } authorization && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        foreach (string header in KeyHeaders)
        {
            if (request.Headers.TryGetValue(header, out StringValues value))
            {
                return value.ToString();
            }
        }

        return null;
    }

    // The host's name too: a web page can have its own name point here, and a browser on this machine would carry its requests in.
    private static void AdmitLocal(HttpContext http)
    {
        IPAddress? remote = http.Connection.RemoteIpAddress;
        if ((remote is not null && !IPAddress.IsLoopback(remote)) || !ListenAddresses.IsLoopbackHost(http.Request.Host.Host))
        {
            throw new RequestFault(
                StatusCodes.Status403Forbidden, FaultCode.LocalOnly, "this server has no keys and answers requests of its own machine alone");
        }
    }
}
