namespace Picket.Server;

/// <summary>Estimates tokens without a tokenizer.</summary>
internal static class TextTokens
{
    // English has about four UTF-16 units a token; the second number stands for the tokens around a text, and so an empty one has a cost.
    private const int UnitsPerToken = 4;
    private const int Around = 4;

    public static long Of(GuardInput input) => (((long)input.Prompt.Length + (input.Response?.Length ?? 0)) / UnitsPerToken) + Around;

    public static long Of(IReadOnlyList<GuardInput> inputs)
    {
        long tokens = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            tokens += Of(inputs[i]);
        }

        return tokens;
    }
}
