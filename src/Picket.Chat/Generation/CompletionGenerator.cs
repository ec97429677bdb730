namespace Picket.Chat;

/// <summary>
/// Any server that speaks OpenAI's <c>POST /v1/completions</c>: the conversation is rendered here, so a prefix is always gone on with.
/// </summary>
/// <remarks>
/// Tries, waits and limits are those of <see cref="ChatGenerator"/>. The template must be the model's own: with another one a model answers,
/// only worse. A template's stop texts are sent with the request's.
/// </remarks>
public sealed class CompletionGenerator : IGenerator
{
    private readonly ChatTemplate _template;
    private readonly GeneratorOptions _options;
    private readonly RemoteEndpoint _endpoint;

    /// <summary>Creates the generator; nothing is sent before the first request.</summary>
    /// <param name="server">
    /// The base address, <c>https://host</c>; <c>/v1/completions</c> is put behind it, or what of it is missing. No user, query or fragment.
    /// </param>
    /// <param name="http">Sends the requests; the caller's to dispose, after the generator. Its own timeout should be infinite.</param>
    /// <param name="template">The model's.</param>
    /// <param name="options">The key, the limits and the waits; the defaults when <see langword="null"/>.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <exception cref="PicketException">The address is none, or an option is out of range.</exception>
    public CompletionGenerator(
        Uri server, HttpClient http, ChatTemplate template, GeneratorOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        _template = template;
        _options = options ?? new GeneratorOptions();
        Uri address = RemoteAddress.Of(server, "completions", "completion");
        _options.Check(address.ToString());
        _endpoint = new RemoteEndpoint(address, http, _options, clock, "completion");
        Description = new GeneratorDescription(
            _options.Model ?? address.Authority, "completion", address.ToString(), PrefixStyle.RenderedTemplate, template.Name);
    }

    /// <inheritdoc/>
    public GeneratorDescription Description { get; }

    /// <inheritdoc/>
    public async ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await CompletionCall.GenerateAsync(_endpoint, Body(request), request.AssistantPrefix, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[] Body(GenerationRequest request) => JsonBody.Of(json =>
    {
        json.WriteText("model", _options.Model);
        json.WriteText("prompt", _template.Render(request.Turns, request.AssistantPrefix, _options.WritesBeginToken));
        if (_options.WritesBeginToken)
        {
            json.WriteBoolean("add_special_tokens", false);
        }

        json.WriteSampling(request, request.Stop.Concat(_template.Stop).Distinct(StringComparer.Ordinal));
    });
}
