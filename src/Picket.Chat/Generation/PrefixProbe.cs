namespace Picket.Chat;

/// <summary>Finds out whether a server goes on with a prefilled assistant turn, with one cheap and harmless request a style.</summary>
/// <remarks>
/// The request asks for the capital of France and begins the answer with words that no model would choose, up to the middle of the name. A
/// server that goes on with them writes the name's other half and nothing before it; one that ignores them answers anew and begins with
/// something else. At temperature 0 and 8 tokens.
/// </remarks>
public static class PrefixProbe
{
    internal const string Rest = "is";

    /// <summary>What is asked.</summary>
    internal static GenerationRequest Request { get; } = new([new ChatTurn(ChatSpeaker.User, "What is the capital of France?")])
    {
        AssistantPrefix = "Seventeen green umbrellas agree that the capital of France is Par",
        Temperature = 0,
        MaxTokens = 8,
    };

    /// <summary>Whether the generator's server goes on with a prefix.</summary>
    /// <exception cref="PicketException">The server cannot be reached, does not know the key, or does not recover; not a matter of style.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<bool> IsHonouredAsync(IGenerator generator, CancellationToken cancellationToken = default) =>
        await TryAsync(generator, cancellationToken) is null;

    /// <summary>The first of <paramref name="candidates"/> whose server goes on with a prefix; the others are disposed.</summary>
    /// <exception cref="PicketException">
    /// None does: the message names the server and what each style came to. Or the server cannot be reached, does not know the key, or does
    /// not recover. All candidates are disposed.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<IGenerator> FindAsync(IReadOnlyList<IGenerator> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        IGenerator? found = null;
        var tried = new List<string>();
        try
        {
            foreach (IGenerator candidate in candidates)
            {
                if (await TryAsync(candidate, cancellationToken) is not { } why)
                {
                    return found = candidate;
                }

                tried.Add($"{Name(candidate.Description)}: {why}");
            }
        }
        finally
        {
            foreach (IGenerator other in candidates.Where(candidate => candidate != found))
            {
                await other.DisposeAsync();
            }
        }

        string server = candidates.Count > 0 ? candidates[0].Description.Server : "no server";
        throw new PicketException(
            $"{server}: expected a server that goes on with a prefilled assistant turn, found none; tried {string.Join("; ", tried)}");
    }

    /// <summary>How errors and documents call a style.</summary>
    internal static string Name(GeneratorDescription description) => description.Prefix switch
    {
        PrefixStyle.ContinueFinalMessage => "chat with continue_final_message",
        PrefixStyle.PrefixField => "chat with prefix",
        PrefixStyle.TrailingMessage => "chat with a trailing assistant message",
        _ => $"completions with the template {description.Template}",
    };

    // Null when the server goes on with the prefix, else what it did instead.
    private static async Task<string?> TryAsync(IGenerator generator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(generator);
        try
        {
            Generation answer = await generator.GenerateAsync(Request, cancellationToken);
            return IsRest(answer.Text) ? null
                : answer.HasText ? "answered anew"
                : $"gave no text ({answer.Finish})";
        }
        catch (PicketException fault) when (fault.InnerException is RemoteFault { IsAboutTheRequest: true } refusal)
        {
            return $"refused (HTTP {(int)refusal.Status})";
        }
    }

    private static bool IsRest(string text) =>
        text.StartsWith(Rest, StringComparison.Ordinal) && (text.Length == Rest.Length || !char.IsLetterOrDigit(text[Rest.Length]));
}
