namespace Picket;

/// <summary>What a guard judges. With a response the RESPONSE is judged, with the prompt as its context; without one, the prompt.</summary>
/// <param name="Prompt">What the user asked. May be empty.</param>
/// <param name="Response">What the model answered; <see langword="null"/> when only the prompt is judged. An empty response is a response.</param>
public sealed record GuardInput(string Prompt, string? Response = null)
{
    /// <summary>Names the lengths and never the text, so that an input that ends up in a log line discloses nothing.</summary>
    public override string ToString() =>
        $"GuardInput {{ Prompt = {Prompt.Length} chars, Response = {(Response is null ? "none" : $"{Response.Length} chars")} }}";
}
