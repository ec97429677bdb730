using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Picket.Chat;

/// <summary>Posts JSON to one address, again where that may help, and says in one line why it gave up.</summary>
internal sealed class RemoteEndpoint
{
    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly ModerationGuardOptions _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<RemoteAnswer> _tries;
    private volatile bool _reached;

    public RemoteEndpoint(Uri address, HttpClient http, ModerationGuardOptions options, TimeProvider clock)
    {
        _address = address;
        _http = http;
        _options = options;
        _clock = clock;
        _tries = Tries();
    }

    /// <summary>What errors call the server.</summary>
    public string Name => _address.ToString();

    /// <summary>The body of the answer to <paramref name="body"/>.</summary>
    /// <exception cref="PicketException">The server refused it, or did not recover within the retries.</exception>
    public async Task<byte[]> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        int tries = 0;
        try
        {
            RemoteAnswer answer = await _tries.ExecuteAsync(
                async stop =>
                {
                    tries++;
                    return await SendAsync(body, stop);
                },
                cancellationToken);
            return answer.Status == HttpStatusCode.OK ? answer.Body : throw Refused(answer, tries);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new PicketException(
                $"{Name}: expected an answer within {_options.RequestTimeout.TotalSeconds:0.##} s, found none{After(tries)}", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new PicketException($"{Name}: expected an answer, found {Trouble(fault)}{After(tries)}", fault);
        }
    }

    private static string After(int tries) => tries > 1 ? $"; gave up after {tries} tries" : "";

    private static string Trouble(Exception fault) => (fault as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "no host of that name",
        HttpRequestError.ConnectionError => "no server: the connection failed",
        HttpRequestError.SecureConnectionError => "a TLS connection that failed",
        HttpRequestError.ConfigurationLimitExceeded => "an answer that is too long",
        _ => "a connection that broke",
    };

    // Reason phrase and body stay behind: a server can repeat in them what it was asked.
    private PicketException Refused(RemoteAnswer answer, int tries)
    {
        string hint = answer.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                _options.ApiKey is null ? "; no API key was sent" : "; the API key that was sent is not accepted",
            HttpStatusCode.NotFound => "; there is no moderation service at this address",
            _ => "",
        };
        return new PicketException($"{Name}: expected HTTP status 200, found {(int)answer.Status} ({answer.Status}){hint}{After(tries)}");
    }

    private ResiliencePipeline<RemoteAnswer> Tries()
    {
        var pipeline = new ResiliencePipelineBuilder<RemoteAnswer> { TimeProvider = _clock };
        if (_options.MaxRetries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<RemoteAnswer>
            {
                MaxRetryAttempts = _options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.FirstDelay,
                MaxDelay = _options.MaxDelay,
                ShouldHandle = arguments => new ValueTask<bool>(MayPass(arguments.Outcome)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(AskedDelay(arguments.Outcome.Result?.RetryAfter)),
            });
        }

        return pipeline.AddTimeout(_options.RequestTimeout).Build();
    }

    private bool MayPass(Outcome<RemoteAnswer> outcome) => outcome switch
    {
        { Result: { } answer } => answer.MayPass,
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => false,
        { Exception: HttpRequestException { HttpRequestError: var error } } => _reached || !IsUnreachable(error),
        _ => outcome.Exception is IOException or TimeoutRejectedException,
    };

    private static bool IsUnreachable(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private TimeSpan? AskedDelay(RetryConditionHeaderValue? retryAfter)
    {
        TimeSpan? asked = retryAfter?.Delta ?? (retryAfter?.Date - _clock.GetUtcNow());
        return asked is { } delay ? TimeSpan.FromTicks(Math.Clamp(delay.Ticks, 0, _options.MaxDelay.Ticks)) : null;
    }

    private async Task<RemoteAnswer> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_options.ApiKey is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            _reached = true;
            byte[] content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new RemoteAnswer(response.StatusCode, response.Headers.RetryAfter, content);
        }
        catch (OperationCanceledException fault) when (fault.InnerException is TimeoutException)
        {
            // The caller's client has a timeout of its own, which it reports as a cancellation.
            throw new TimeoutRejectedException("the client's own timeout", fault);
        }
    }
}
