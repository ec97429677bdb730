using Microsoft.Extensions.AI;
using Polly;
using Polly.Timeout;

namespace Picket.Chat;

/// <summary>Any <see cref="IChatClient"/>.</summary>
/// <remarks>
/// <para>The interface knows no prefilled turn: the prefix goes as a last assistant message, which some services go on with and others answer.
/// <see cref="PrefixProbe"/> tells.</para>
/// <para>The concurrency limit, the time limit and the tries are Picket's, over those the client may have itself; a try is repeated after
/// <see cref="HttpRequestException"/>, <see cref="IOException"/> or no answer within the time. The options' key and model are the client's
/// affair: the model is sent where it is named, the key is not. An exception of the client becomes a <see cref="PicketException"/> that
/// names its type alone, for its message may quote the request.</para>
/// </remarks>
public sealed class ClientGenerator : IGenerator
{
    private readonly IChatClient _client;
    private readonly GeneratorOptions _options;
    private readonly ResiliencePipeline<ChatResponse> _tries;
    private readonly SemaphoreSlim _turns;

    /// <summary>Creates the generator.</summary>
    /// <param name="client">The caller's to dispose, after the generator.</param>
    /// <param name="options">The limits and the waits; the defaults when <see langword="null"/>.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of range.</exception>
    public ClientGenerator(IChatClient client, GeneratorOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new GeneratorOptions();
        var about = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        string server = about?.ProviderUri?.GetLeftPart(UriPartial.Path) ?? about?.ProviderName ?? "chat client";
        _options.Check(server);
        _tries = RemoteTries.Pipeline<ChatResponse>(
            _options,
            clock ?? TimeProvider.System,
            static outcome => outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException,
            static _ => null);
        _turns = new SemaphoreSlim(_options.MaxConcurrency);
        string name = _options.Model ?? about?.DefaultModelId ?? server;
        Description = new GeneratorDescription(name, "client", server, PrefixStyle.TrailingMessage);
    }

    /// <inheritdoc/>
    public GeneratorDescription Description { get; }

    /// <inheritdoc/>
    public async ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _turns.WaitAsync(cancellationToken);
        int tries = 0;
        try
        {
            ChatResponse answer = await _tries.ExecuteAsync(
                async stop =>
                {
                    tries++;
                    return await _client.GetResponseAsync(Messages(request), Options(request), stop);
                },
                cancellationToken);
            return Of(answer, request.AssistantPrefix);
        }
        catch (Exception fault) when (fault is TimeoutRejectedException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A client's own timeout comes as a cancellation that nobody asked for.
            string limit = $"{_options.RequestTimeout.TotalSeconds:0.##} s";
            throw new PicketException($"{Description.Server}: expected an answer within {limit}, found none{RemoteTries.After(tries)}");
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or PicketException))
        {
            throw new PicketException($"{Description.Server}: expected an answer, found {fault.GetType().Name}{RemoteTries.After(tries)}");
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _turns.Dispose();
        return ValueTask.CompletedTask;
    }

    private static List<ChatMessage> Messages(GenerationRequest request)
    {
        List<ChatMessage> messages = [.. request.Turns.Select(static turn => new ChatMessage(
            turn.Speaker switch
            {
                ChatSpeaker.System => ChatRole.System,
                ChatSpeaker.Assistant => ChatRole.Assistant,
                _ => ChatRole.User,
            },
            turn.Text))];
        if (!string.IsNullOrEmpty(request.AssistantPrefix))
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, request.AssistantPrefix));
        }

        return messages;
    }

    private static Generation Of(ChatResponse answer, string? prefix) => CompletionCall.Finished(
        answer.Text,
        prefix,
        answer.FinishReason == ChatFinishReason.Stop ? GenerationFinish.Stop
            : answer.FinishReason == ChatFinishReason.Length ? GenerationFinish.Length
            : answer.FinishReason == ChatFinishReason.ContentFilter ? GenerationFinish.Filtered
            : GenerationFinish.Other,
        answer.Usage is { InputTokenCount: { } read } usage ? new TokenUsage(read, usage.OutputTokenCount ?? 0) : null);

    private ChatOptions Options(GenerationRequest request) => new()
    {
        ModelId = _options.Model,
        Temperature = (float?)request.Temperature,
        TopP = (float?)request.TopP,
        MaxOutputTokens = request.MaxTokens,
        Seed = request.Seed,
        StopSequences = request.Stop.Count > 0 ? [.. request.Stop] : null,
    };
}
