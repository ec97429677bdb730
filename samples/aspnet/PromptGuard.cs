using System.Text.Json;

namespace Picket.Samples.AspNet;

/// <summary>Stops a request whose prompt the guard holds unsafe, before the program sees it.</summary>
public sealed class PromptGuard(RequestDelegate next, GuardCascade cascade)
{
    public async Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (await PromptAsync(http.Request) is { } prompt)
        {
            IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync([new GuardInput(prompt)], http.RequestAborted);
            if (verdicts[0].Unsafe)
            {
                await Results.Problem("The guard holds the prompt unsafe.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
                return;
            }
        }

        await next(http);
    }

    private static async Task<string?> PromptAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        // The program reads the body once more.
        request.EnableBuffering();
        try
        {
            return (await request.ReadFromJsonAsync<Question>(request.HttpContext.RequestAborted))?.Prompt;
        }
        catch (JsonException)
        {
            // The program refuses it too, and says why.
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }
}
