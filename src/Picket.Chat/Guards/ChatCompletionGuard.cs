using System.Net;
using System.Text.Json;

namespace Picket.Chat;

/// <summary>A generative guard behind an OpenAI-compatible server: Llama Guard, Granite Guardian, ShieldGemma, WildGuard, Qwen3Guard.</summary>
/// <remarks>
/// <para>One request an input (four for ShieldGemma), at temperature 0 and with logprobs. The unsafe probability is read off the decision token
/// (<see cref="GuardProbability"/>): the first one with text, or the first one after the family's marker.</para>
/// <para>A server that gives no logprobs, or refuses to be asked for them (HTTP 400 or 422), is read by its words: the probability is then 0 or
/// 1, and <see cref="GuardScore.FromText"/> says so. What the guard names goes to <see cref="GuardScore.Categories"/>, and the tokens the server
/// counted to <see cref="GuardScore.Tokens"/>.</para>
/// <para>Tries, waits and limits are those of <see cref="ModerationGuard"/>; an answer that is cut or not JSON is tried again too. Texts are sent
/// as they are: wrap the guard to normalise them. Safe to call from several threads; the concurrency limit holds over all calls.</para>
/// </remarks>
public sealed class ChatCompletionGuard : IGuard
{
    private readonly GuardTemplate _template;
    private readonly ChatGuardOptions _options;
    private readonly RemoteEndpoint _endpoint;
    private readonly bool _isChat;
    private volatile bool _refusesLogprobs;

    /// <summary>Creates the guard; nothing is sent before the first scoring.</summary>
    /// <param name="server">The base address, <c>https://host</c>; the service's path is put behind it. No user, query or fragment.</param>
    /// <param name="http">Sends the requests; the caller's to dispose, after the guard. Its own timeout should be infinite.</param>
    /// <param name="template">The model's family.</param>
    /// <param name="options">The key, the limits and the waits, and how answers are read; the defaults when <see langword="null"/>.</param>
    /// <param name="clock">Measures waits and timeouts; the system's when <see langword="null"/>.</param>
    /// <exception cref="PicketException">
    /// The address is none, an option is out of range, or the family cannot be asked through the service.
    /// </exception>
    public ChatCompletionGuard(
        Uri server, HttpClient http, GuardTemplate template, ChatGuardOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        _template = template;
        _options = options ?? new ChatGuardOptions();
        _isChat = (_options.Service ?? template.Service) == GuardService.Chat;
        if (_isChat && template.Service != GuardService.Chat)
        {
            throw new PicketException($"guard template {template.Name}: expected the service completions, found chat, for which it has no template");
        }

        Uri address = RemoteAddress.Of(server, _isChat ? "chat/completions" : "completions", "guard");
        _options.Check(address.ToString());
        _endpoint = new RemoteEndpoint(address, http, _options, clock, _isChat ? "chat completion" : "completion");
        Description = new GuardDescription(_options.Model ?? template.Name, "remote");
    }

    /// <inheritdoc/>
    public GuardDescription Description { get; }

    /// <inheritdoc/>
    /// <exception cref="PicketException">
    /// The server refused, gave something else than a decision, or did not recover within the retries; the first such fault ends the other
    /// requests of the call.
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
        GuardScore[] scores = await Task.WhenAll(
            _template.Questions(input).Select(question => ScoreAsync(input, question, cancellationToken)));
        GuardScore most = scores.MaxBy(static score => score.UnsafeProbability)!;
        return most with
        {
            Tokens = scores.Sum(static score => score.Tokens),
            Categories = [.. scores.SelectMany(static score => score.Categories)],
        };
    }

    private async Task<GuardScore> ScoreAsync(GuardInput input, GuardQuestion question, CancellationToken cancellationToken)
    {
        CompletionAnswer answer = await AskAsync(input, question, cancellationToken);
        string marker = _template.Marker(input);
        double? probability = GuardDecision.OfTokens(answer.Tokens, marker, _template.Words, _options);
        bool? word = GuardDecision.OfText(answer.Text, marker, _template.Words, _options);
        double score = probability ?? (word is { } isUnsafe ? isUnsafe ? 1 : 0 : throw NoDecision());
        bool names = question.Category is not null && score >= Description.DefaultThreshold;
        return new GuardScore(score, Tokens: (int)(answer.Usage?.Prompt ?? 0))
        {
            FromText = probability is null,
            Categories = names ? [question.Category!] : word == true ? _template.Categories(answer.Text) : [],
        };
    }

    private PicketException NoDecision()
    {
        DecisionWords words = _template.Words;
        string between = words.Between is null ? "" : $", '{words.Between}'";
        return new PicketException(
            $"{_endpoint.Name}: expected an answer of the guard template {_template.Name} with '{words.Safe}'{between} or '{words.Unsafe}'; "
            + "found another; is it the model's template?");
    }

    private async Task<CompletionAnswer> AskAsync(GuardInput input, GuardQuestion question, CancellationToken cancellationToken)
    {
        bool wantsLogprobs = !_refusesLogprobs;
        RemoteAnswer answer = await PostAsync(input, question, wantsLogprobs, cancellationToken);
        if (wantsLogprobs && answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
        {
            // It may be the logprobs, or the text's length: one more request tells.
            RemoteAnswer plain = await PostAsync(input, question, wantsLogprobs: false, cancellationToken);
            _refusesLogprobs |= plain.Status == HttpStatusCode.OK;
            answer = plain;
        }

        return answer.Status != HttpStatusCode.OK
            ? throw _endpoint.Refused(answer)
            : CompletionAnswer.Read(answer.Body)
                ?? throw new PicketException(
                    $"{_endpoint.Name}: expected an answer, found {(answer.State == AnswerState.Cut ? "one that was cut" : "none")}"
                    + RemoteTries.After(answer.Tries));
    }

    private Task<RemoteAnswer> PostAsync(GuardInput input, GuardQuestion question, bool wantsLogprobs, CancellationToken cancellationToken) =>
        _endpoint.AskAsync(
            JsonBody.Of(json => WriteFields(json, input, question, wantsLogprobs)),
            static body => CompletionAnswer.Read(body) is not null,
            cancellationToken);

    private void WriteFields(Utf8JsonWriter json, GuardInput input, GuardQuestion question, bool wantsLogprobs)
    {
        json.WriteText("model", _options.Model);
        if (_isChat)
        {
            json.WriteMessages(GuardTemplate.Conversation(input));
        }
        else
        {
            json.WriteText("prompt", _options.WritesBeginToken ? _template.Begin + question.Prompt : question.Prompt);
            if (_options.WritesBeginToken)
            {
                json.WriteBoolean("add_special_tokens", false);
            }
        }

        json.WriteNumber("temperature", 0);
        json.WriteNumber("max_tokens", _template.MaxTokens);
        if (wantsLogprobs && _isChat)
        {
            json.WriteBoolean("logprobs", true);
            json.WriteNumber("top_logprobs", _options.TopLogprobs);
        }
        else if (wantsLogprobs)
        {
            json.WriteNumber("logprobs", _options.TopLogprobs);
        }
    }
}
