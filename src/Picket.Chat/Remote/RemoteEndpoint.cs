using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Timeout;

namespace Picket.Chat;

/// <summary>Posts JSON to one address, so many requests at a time, again where that may help, and says in one line why it gave up.</summary>
internal sealed class RemoteEndpoint : IDisposable
{
    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly RemoteOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _service;
    private readonly ResiliencePipeline<RemoteAnswer> _tries;
    private readonly SemaphoreSlim _turns;
    private volatile bool _reached;

    /// <summary>Creates the endpoint; nothing is sent.</summary>
    /// <param name="address">Of the service.</param>
    /// <param name="http">Sends; the caller's.</param>
    /// <param name="options">Checked already.</param>
    /// <param name="clock">Measures waits and timeouts.</param>
    /// <param name="service">What a message calls the service.</param>
    public RemoteEndpoint(Uri address, HttpClient http, RemoteOptions options, TimeProvider? clock, string service)
    {
        ArgumentNullException.ThrowIfNull(http);
        _address = address;
        _http = http;
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _service = service;
        _tries = RemoteTries.Pipeline<RemoteAnswer>(
            options, _clock, MayPass, outcome => AskedDelay(outcome.Result?.RetryAfter));
        _turns = new SemaphoreSlim(options.MaxConcurrency);
    }

    /// <summary>What errors call the server.</summary>
    public string Name => _address.ToString();

    /// <summary>The body of the answer to <paramref name="body"/>.</summary>
    /// <exception cref="PicketException">The server refused it, or did not recover within the retries.</exception>
    public async Task<byte[]> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        RemoteAnswer answer = await AskAsync(body, isAnswer: null, cancellationToken);
        return answer.Status == HttpStatusCode.OK ? answer.Body : throw Refused(answer);
    }

    /// <summary>The last answer to <paramref name="body"/>, whatever its status.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="isAnswer">Tells an answer's body; a 200 with a cut or other one is tried again, and told by its state if it stays so.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <exception cref="PicketException">No answer came.</exception>
    public async Task<RemoteAnswer> AskAsync(byte[] body, Func<byte[], bool>? isAnswer, CancellationToken cancellationToken)
    {
        // The turn is held over the waits: a server that asks for patience gets fewer requests, not other ones.
        await _turns.WaitAsync(cancellationToken);
        int tries = 0;
        try
        {
            return await _tries.ExecuteAsync(
                async stop =>
                {
                    tries++;
                    return await SendAsync(body, isAnswer, stop) with { Tries = tries };
                },
                cancellationToken);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new PicketException(
                $"{Name}: expected an answer within {_options.RequestTimeout.TotalSeconds:0.##} s, found none{RemoteTries.After(tries)}", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new PicketException($"{Name}: expected an answer, found {Trouble(fault)}{RemoteTries.After(tries)}", fault);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>The fault of an answer that is not 200. Reason phrase and body stay behind: a server can repeat in them what it was asked.</summary>
    public PicketException Refused(RemoteAnswer answer)
    {
        string hint = answer.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                _options.ApiKey is null ? "; no API key was sent" : "; the API key that was sent is not accepted",
            HttpStatusCode.NotFound => $"; there is no {_service} service at this address",
            _ => "",
        };
        return new PicketException(
            $"{Name}: expected HTTP status 200, found {(int)answer.Status} ({answer.Status}){hint}{RemoteTries.After(answer.Tries)}",
            new RemoteFault(answer.Status));
    }

    public void Dispose() => _turns.Dispose();

    private static string Trouble(Exception fault) => (fault as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "no host of that name",
        HttpRequestError.ConnectionError => "no server: the connection failed",
        HttpRequestError.SecureConnectionError => "a TLS connection that failed",
        HttpRequestError.ConfigurationLimitExceeded => "an answer that is too long",
        _ => "a connection that broke",
    };

    private static bool IsUnreachable(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static bool IsTooLong(Exception fault) => fault is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };

    private bool MayPass(Outcome<RemoteAnswer> outcome) => outcome switch
    {
        { Result: { } answer } => answer.MayPass,
        { Exception: { } fault } when IsTooLong(fault) => false,
        { Exception: HttpRequestException { HttpRequestError: var error } } => _reached || !IsUnreachable(error),
        _ => outcome.Exception is IOException or TimeoutRejectedException,
    };

    private TimeSpan? AskedDelay(RetryConditionHeaderValue? retryAfter)
    {
        TimeSpan? asked = retryAfter?.Delta ?? (retryAfter?.Date - _clock.GetUtcNow());
        return asked is { } delay ? TimeSpan.FromTicks(Math.Clamp(delay.Ticks, 0, _options.MaxDelay.Ticks)) : null;
    }

    private async Task<RemoteAnswer> SendAsync(byte[] body, Func<byte[], bool>? isAnswer, CancellationToken cancellationToken)
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
            // Headers first, so that a body that breaks off is told from a server that never answered.
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            _reached = true;
            return await ReadAsync(response, isAnswer, cancellationToken);
        }
        catch (OperationCanceledException fault) when (fault.InnerException is TimeoutException)
        {
            // The caller's client has a timeout of its own, which it reports as a cancellation.
            throw new TimeoutRejectedException("the client's own timeout", fault);
        }
    }

    private async Task<RemoteAnswer> ReadAsync(HttpResponseMessage response, Func<byte[], bool>? isAnswer, CancellationToken cancellationToken)
    {
        bool isChecked = isAnswer is not null && response.StatusCode == HttpStatusCode.OK;
        var answer = new RemoteAnswer(response.StatusCode, response.Headers.RetryAfter, []);
        try
        {
            await response.Content.LoadIntoBufferAsync(_http.MaxResponseContentBufferSize, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer with { Body = body, State = isChecked && !isAnswer!(body) ? AnswerState.Broken : AnswerState.Whole };
        }
        catch (Exception fault) when (isChecked && fault is (HttpRequestException or IOException) && !IsTooLong(fault))
        {
            return answer with { State = AnswerState.Cut };
        }
    }
}
