namespace Picket.Chat;

/// <summary>Any server that speaks OpenAI's <c>POST /v1/chat/completions</c>: the server renders its model's own template.</summary>
/// <remarks>
/// <para>An assistant turn that the request begins is sent as a last assistant message, with the fields that the style names
/// (<see cref="PrefixStyle"/>); without one, none of them is. Servers ignore fields they do not know: let <see cref="PrefixProbe"/> choose the
/// style. Answers come whole, not as streams.</para>
/// <para>A try that ends in HTTP 408, 429 or 5xx, in no answer within the time, in a broken connection or in a body that is cut or not JSON is
/// repeated after an exponentially growing wait with jitter, or the wait the server names in <c>Retry-After</c>.</para>
/// <para>Safe to call from several threads; the concurrency limit holds over all calls.</para>
/// </remarks>
public sealed class ChatGenerator : IGenerator
{
    private readonly GeneratorOptions _options;
    private readonly RemoteEndpoint _endpoint;

    /// <summary>Creates the generator; nothing is sent before the first request.</summary>
    /// <param name="server">
    /// The base address, <c>https://host</c>; <c>/v1/chat/completions</c> is put behind it, or what of it is missing. No user, query or fragment.
    /// </param>
    /// <param name="http">Sends the requests; the caller's to dispose, after the generator. Its own timeout should be infinite.</param>
    /// <param name="style">How a prefilled assistant turn is asked for; not <see cref="PrefixStyle.RenderedTemplate"/>.</param>
    /// <param name="options">The key, the limits and the waits; the defaults when <see langword="null"/>.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <exception cref="PicketException">The address is none, or an option is out of range.</exception>
    public ChatGenerator(
        Uri server, HttpClient http, PrefixStyle style, GeneratorOptions? options = null, TimeProvider? clock = null)
    {
        if (style == PrefixStyle.RenderedTemplate)
        {
            throw new PicketException($"prefix style: expected one of chat completions, found {style}; it belongs to plain completions");
        }

        _options = options ?? new GeneratorOptions();
        Uri address = RemoteAddress.Of(server, "chat/completions", "chat");
        _options.Check(address.ToString());
        _endpoint = new RemoteEndpoint(address, http, _options, clock, "chat completion");
        Description = new GeneratorDescription(_options.Model ?? address.Authority, "chat", address.ToString(), style);
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
        json.WriteMessages(request.Turns, request.AssistantPrefix, () =>
        {
            if (Description.Prefix == PrefixStyle.PrefixField)
            {
                json.WriteBoolean("prefix", true);
            }
        });

        if (Description.Prefix == PrefixStyle.ContinueFinalMessage && !string.IsNullOrEmpty(request.AssistantPrefix))
        {
            json.WriteBoolean("continue_final_message", true);
            json.WriteBoolean("add_generation_prompt", false);
        }

        json.WriteSampling(request, request.Stop);
    });
}
