using System.Diagnostics;
using System.Net.Http.Headers;
using Picket.Chat;

namespace Picket.Server;

/// <summary>The model server behind the proxy.</summary>
/// <param name="options">Its address and limits.</param>
/// <param name="http">Sends; disposed with it.</param>
/// <param name="clock">Of the deadlines.</param>
internal sealed class Upstream(ProxyOptions options, HttpMessageInvoker http, TimeProvider clock) : IDisposable
{
    private const string Role = "upstream";

    private readonly string? _key = options.UpstreamKey == UpstreamKey.Server ? RemoteKey.Read(options.KeyVariable) : null;

    public ProxyOptions Options => options;

    /// <summary>Over the network. A moved service is told rather than followed: the key goes to no host that nobody named.</summary>
    public static Upstream Connect(ProxyOptions options, TimeProvider clock) => new(
        options,
        new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = new TracePropagator(),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }),
        clock);

    /// <summary>Asks, and waits for the head of the answer; dispose it.</summary>
    /// <param name="from">The client's request, for the headers that are passed on.</param>
    /// <param name="service">The service behind <c>/v1/</c>.</param>
    /// <param name="body">What is asked.</param>
    /// <param name="authorization">The client's own, where its key is to be used.</param>
    /// <param name="cancellationToken">Cancels the upstream's work too.</param>
    /// <exception cref="RequestFault">There is no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequest from, string service, byte[] body, string? authorization, CancellationToken cancellationToken)
    {
        using Activity? span = ServerMetrics.Spans.StartActivity(Role, ActivityKind.Client);
        using var late = new CancellationTokenSource(options.AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using HttpRequestMessage request = Request(from, service, body, authorization);
        if (span is not null)
        {
            // The upstream's spans belong under this one.
            request.Headers.Remove(TracePropagator.Header);
        }

        try
        {
            HttpResponseMessage answer = await http.SendAsync(request, either.Token);
            span?.SetTag("http.response.status_code", (int)answer.StatusCode);
            return answer;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, FaultCode.UpstreamTimeout);
            throw UpstreamFaults.Late();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            span?.SetStatus(ActivityStatusCode.Error, FaultCode.UpstreamFailed);
            throw UpstreamFaults.Unreachable();
        }
    }

    public UpstreamBody Body(Stream stream) => new(stream, options.IdleTimeout, clock);

    /// <summary>Copies the headers that are passed on.</summary>
    public void CopyHeaders(HttpResponseMessage answer, HttpResponse to)
    {
        foreach (string name in options.ResponseHeaders)
        {
            if (answer.Headers.TryGetValues(name, out IEnumerable<string>? values))
            {
                to.Headers[name] = Hidden(string.Join(", ", values));
            }
        }
    }

    /// <summary>A text of the upstream without its key, which some servers quote when they refuse it.</summary>
    public string Hidden(string text) => _key is null ? text : text.Replace(_key, "***", StringComparison.Ordinal);

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(HttpRequest from, string service, byte[] body, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, RemoteAddress.Of(new Uri(options.Upstream), service, Role))
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (string name in options.RequestHeaders)
        {
            if (from.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        string? own = _key is null ? null : $"Bearer {_key}";
        if ((options.UpstreamKey == UpstreamKey.Client ? authorization : own) is { } sent)
        {
            request.Headers.TryAddWithoutValidation(nameof(request.Headers.Authorization), sent);
        }

        return request;
    }
}
