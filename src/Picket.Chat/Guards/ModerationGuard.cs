namespace Picket.Chat;

/// <summary>A remote guard: any server that speaks OpenAI's <c>POST /v1/moderations</c>, another Picket among them.</summary>
/// <remarks>
/// <para>One request an input. Without a response the body is <c>{"input": prompt}</c>. With one, the response is judged:
/// <c>{"input": response, "prompt": prompt}</c>; <c>prompt</c> is no field of OpenAI's, and a server that does not know it judges the response
/// without its context. <c>model</c> is sent where the options name one.</para>
/// <para>The probability is the result's <c>unsafe_probability</c>, which a Picket server sends; else the greatest of its
/// <c>category_scores</c>, which is a score and need not be calibrated; else 1 where it is <c>flagged</c> and 0 where not.</para>
/// <para>A try that ends in HTTP 408, 429 or 5xx, in no answer within the time, or in a broken connection is repeated after an exponentially
/// growing wait with jitter, or the wait the server names in <c>Retry-After</c>. A server that was never reached is not waited for: its
/// address is more likely wrong than it is down. Texts are sent as they are: wrap the guard to normalise them.</para>
/// <para>Safe to call from several threads; the concurrency limit holds over all calls.</para>
/// </remarks>
public sealed class ModerationGuard : IGuard
{
    private readonly ModerationGuardOptions _options;
    private readonly RemoteEndpoint _endpoint;

    /// <summary>Creates the guard; nothing is sent before the first scoring.</summary>
    /// <param name="server">
    /// The base address, <c>https://host</c>; <c>/v1/moderations</c> is put behind it, or what of it is missing. No user, query or fragment.
    /// </param>
    /// <param name="http">Sends the requests; the caller's to dispose, after the guard. Its own timeout should be infinite.</param>
    /// <param name="options">The key, the limits and the waits; the defaults when <see langword="null"/>.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <exception cref="PicketException">The address is none, or an option is out of range.</exception>
    public ModerationGuard(Uri server, HttpClient http, ModerationGuardOptions? options = null, TimeProvider? clock = null)
    {
        _options = options ?? new ModerationGuardOptions();
        Uri address = RemoteAddress.Of(server, "moderations", "moderation");
        _options.Check(address.ToString());
        _endpoint = new RemoteEndpoint(address, http, _options, clock, "moderation");
        Description = new GuardDescription(_options.Model ?? address.Authority, "remote");
    }

    /// <inheritdoc/>
    public GuardDescription Description { get; }

    /// <inheritdoc/>
    /// <exception cref="PicketException">
    /// The server refused, gave something else than a moderation answer, or did not recover within the retries; the first such fault ends the
    /// other requests of the call.
    /// </exception>
    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
        RemoteScores.OfAsync(inputs, _options.MaxConcurrency, ScoreAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<GuardScore> ScoreAsync(GuardInput input, CancellationToken cancellationToken)
    {
        byte[] body = await _endpoint.PostAsync(ModerationMessage.Ask(input, _options.Model), cancellationToken);
        return new GuardScore(ModerationMessage.Read(body, _endpoint.Name));
    }
}
