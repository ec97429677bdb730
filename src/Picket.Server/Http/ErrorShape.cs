using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Picket.Server;

/// <summary>How an API tells faults.</summary>
internal abstract class ErrorShape
{
    /// <summary>RFC 9457 problem details, for APIs without a shape of their own.</summary>
    public static readonly ErrorShape Problem = new ProblemShape();

    /// <summary>OpenAI's.</summary>
    public static readonly ErrorShape OpenAi = new OpenAiShape();

    /// <summary>Azure's.</summary>
    public static readonly ErrorShape Azure = new AzureShape();

    /// <summary>Text Embeddings Inference's.</summary>
    public static readonly ErrorShape Tei = new TeiShape();

    protected virtual string ContentType => "application/json";

    /// <summary>Answers with a fault. What has begun to leave cannot be changed: then the connection is cut.</summary>
    public async Task WriteAsync(HttpContext http, RequestFault fault)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        StringValues allowed = http.Response.Headers.Allow;
        http.Response.Clear();
        http.Response.Headers.Allow = allowed;
        http.Response.StatusCode = fault.Status;
        http.Response.ContentType = ContentType;
        if (fault.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (fault.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        // What is left of a body that was refused is not read.
        if ((fault.Closes || fault.Status == StatusCodes.Status413PayloadTooLarge) && HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }

        byte[] body = Bytes(fault);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>A fault's JSON, where it cannot be an answer of its own.</summary>
    public byte[] Bytes(RequestFault fault) => JsonBytes.Of(json => Write(json, fault));

    protected abstract void Write(Utf8JsonWriter json, RequestFault fault);

    private sealed class ProblemShape : ErrorShape
    {
        protected override string ContentType => "application/problem+json";

        protected override void Write(Utf8JsonWriter json, RequestFault fault)
        {
            json.WriteStartObject();
            json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(fault.Status));
            json.WriteNumber("status"u8, fault.Status);
            json.WriteString("detail"u8, fault.Message);
            json.WriteString("code"u8, fault.Code);
            if (fault.Field is not null)
            {
                json.WriteString("field"u8, fault.Field);
            }

            json.WriteEndObject();
        }
    }

    private sealed class OpenAiShape : ErrorShape
    {
        protected override void Write(Utf8JsonWriter json, RequestFault fault)
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, fault.Message);
            json.WriteString("type"u8, fault.Status switch
            {
                StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "authentication_error",
                StatusCodes.Status429TooManyRequests => "rate_limit_error",
                >= 500 => "server_error",
                _ => "invalid_request_error",
            });
            json.WriteString("param"u8, fault.Field);
            json.WriteString("code"u8, fault.Code);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private sealed class AzureShape : ErrorShape
    {
        protected override void Write(Utf8JsonWriter json, RequestFault fault)
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("code"u8, fault.Status switch
            {
                StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "Unauthorized",
                StatusCodes.Status404NotFound => "NotFound",
                StatusCodes.Status429TooManyRequests => "TooManyRequests",
                StatusCodes.Status503ServiceUnavailable => "ServerBusy",
                >= 500 => "InternalError",
                _ => "InvalidRequestBody",
            });
            json.WriteString("message"u8, fault.Message);
            if (fault.Field is not null)
            {
                json.WriteString("target"u8, fault.Field);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private sealed class TeiShape : ErrorShape
    {
        protected override void Write(Utf8JsonWriter json, RequestFault fault)
        {
            json.WriteStartObject();
            json.WriteString("error"u8, fault.Message);
            json.WriteString("error_type"u8, fault.Status switch
            {
                StatusCodes.Status429TooManyRequests => "Overloaded",
                >= 500 => "Backend",
                _ => "Validation",
            });
            json.WriteEndObject();
        }
    }
}
