using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;

namespace Picket.Server;

/// <summary>Reads the JSON of a request within the limits.</summary>
internal static class RequestBody
{
    /// <summary>The whole body. One that is announced as too large is not read at all.</summary>
    /// <exception cref="RequestFault">It is larger than <see cref="LimitOptions.BodyBytes"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, LimitOptions limits, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limits.BodyBytes)
        {
            throw TooLarge(limits);
        }

        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > limits.BodyBytes)
            {
                throw TooLarge(limits);
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The JSON in a body; dispose it.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="limits">How deep it may nest.</param>
    /// <param name="isPassedOn">
    /// Whether another server will read it too: then no object may have a field twice, of which the other might take the other one.
    /// </param>
    /// <exception cref="RequestFault">It is none, or nests too deep.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body, LimitOptions limits, bool isPassedOn = false)
    {
        // The parser looks at UTF-8 only where a string is read; what nobody reads would pass.
        if (!Utf8.IsValid(body.Span))
        {
            throw Broken("expected a body of UTF-8, found other bytes");
        }

        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = !isPassedOn });
        }
        catch (JsonException fault)
        {
            // The parser's own message can quote the body.
            string once = isPassedOn ? " and has no field twice" : "";
            string where = fault.LineNumber is { } line ? $" at line {line + 1}, byte {fault.BytePositionInLine + 1}" : "";
            throw Broken($"expected a body of JSON that nests at most {limits.JsonDepth} deep{once}, found a fault{where}");
        }
    }

    private static RequestFault Broken(string message) => new(StatusCodes.Status400BadRequest, FaultCode.InvalidRequest, message);

    private static RequestFault TooLarge(LimitOptions limits) =>
        RequestFault.TooLarge($"expected a body of at most {limits.BodyBytes} bytes, found a larger one");
}
