using System.Net;
using System.Text.Json;

namespace Picket.Chat;

/// <summary>What both services of a server share: the fields of sampling, and how an answer becomes a generation.</summary>
internal static class CompletionCall
{
    public static void WriteSampling(this Utf8JsonWriter json, GenerationRequest request, IEnumerable<string> stop)
    {
        if (request.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (request.TopP is { } topP)
        {
            json.WriteNumber("top_p", topP);
        }

        if (request.MaxTokens is { } maxTokens)
        {
            json.WriteNumber("max_tokens", maxTokens);
        }

        if (request.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        string[] stops = [.. stop];
        if (stops.Length > 0)
        {
            json.WriteStartArray("stop");
            Array.ForEach(stops, json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    /// <summary>What the server answers to <paramref name="body"/>.</summary>
    public static async Task<Generation> GenerateAsync(RemoteEndpoint endpoint, byte[] body, string? prefix, CancellationToken cancellationToken)
    {
        RemoteAnswer answer = await endpoint.AskAsync(body, static body => CompletionAnswer.Read(body) is not null, cancellationToken);
        if (answer.Status == HttpStatusCode.BadRequest && CompletionAnswer.IsFiltered(answer.Body))
        {
            return new Generation("", GenerationFinish.Filtered);
        }

        if (answer.Status != HttpStatusCode.OK)
        {
            throw endpoint.Refused(answer);
        }

        return answer.State == AnswerState.Cut ? new Generation("", GenerationFinish.Cut)
            : CompletionAnswer.Read(answer.Body) is { } said ? Of(said, prefix)
            : new Generation("", GenerationFinish.Broken);
    }

    /// <summary>
    /// The text without the prefix: some servers (Mistral's) repeat it, others do not. What remains may be nothing.
    /// </summary>
    public static Generation Finished(string text, string? prefix, GenerationFinish finish, TokenUsage? usage)
    {
        string rest = !string.IsNullOrEmpty(prefix) && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        bool hasText = finish is GenerationFinish.Stop or GenerationFinish.Length or GenerationFinish.Other;
        return !hasText ? new Generation("", finish, usage)
            : string.IsNullOrWhiteSpace(rest) ? new Generation("", GenerationFinish.Empty, usage)
            : new Generation(rest, finish, usage);
    }

    private static Generation Of(CompletionAnswer answer, string? prefix) => Finished(
        answer.Text,
        prefix,
        answer.Declined ? GenerationFinish.Refused : answer.FinishReason switch
        {
            // TGI and SGLang have names of their own for the same.
            "stop" or "eos_token" or "stop_sequence" or "eos" => GenerationFinish.Stop,
            "length" => GenerationFinish.Length,
            "content_filter" => GenerationFinish.Filtered,
            _ => GenerationFinish.Other,
        },
        answer.Usage);
}
