using Picket.Models.Quantisation;

namespace Picket.Models.DebertaV2;

/// <summary>The <c>deberta</c> section of a <c>guard.json</c>: how texts become tokens and windows, and what is in the weights.</summary>
/// <remarks>A positional record because generated JSON readers lose the default of an init-only property that a file leaves out.</remarks>
/// <param name="MaxTokens">
/// Tokens of a window, special ones included, from 8 on; <see langword="null"/> for the configuration's <c>max_position_embeddings</c>, which
/// is also the most.
/// </param>
/// <param name="OverlapTokens">Tokens that neighbouring windows share at least; 0 to half a window.</param>
/// <param name="Tokenizer">
/// Whose behaviour the tokenizer has: <c>huggingface-fast</c> (what the published models were trained and measured with),
/// <c>huggingface-slow</c> or <c>sentencepiece</c>.
/// </param>
/// <param name="UnsafeLabel">The class that is unsafe, from 0.</param>
/// <param name="Weights">What the linear layers' weights are stored as: <c>fp32</c>, <c>fp16</c> or <c>int8</c>.</param>
/// <param name="Fp32Layers">Layers that a quantiser left as they were, with the measured reason.</param>
/// <param name="Quantisation">What a quantiser measured; <see langword="null"/> where none was at work.</param>
public sealed record DebertaV2Settings(
    int? MaxTokens = null,
    int OverlapTokens = 64,
    string Tokenizer = DebertaV2Settings.HuggingFaceFast,
    int UnsafeLabel = 1,
    string Weights = "fp32",
    IReadOnlyDictionary<string, string>? Fp32Layers = null,
    QuantisationRecord? Quantisation = null)
{
    /// <summary>The default <see cref="Tokenizer"/>.</summary>
    public const string HuggingFaceFast = "huggingface-fast";

    private static readonly string[] s_tokenizers = [HuggingFaceFast, "huggingface-slow", "sentencepiece"];
    private static readonly string[] s_weights = ["fp32", "fp16", "int8"];

    /// <summary>Every fault of the values, or nothing.</summary>
    /// <param name="labels">Classes that the guard has.</param>
    public IEnumerable<string> Faults(int labels)
    {
        if (MaxTokens is < 8)
        {
            yield return $"max_tokens: expected at least 8, found {MaxTokens}";
        }

        if (OverlapTokens < 0 || OverlapTokens > (MaxTokens ?? int.MaxValue) / 2)
        {
            string most = MaxTokens is { } window ? $"to {window / 2}, half a window" : "or more";
            yield return $"overlap_tokens: expected 0 {most}, found {OverlapTokens}";
        }

        if (!s_tokenizers.Contains(Tokenizer))
        {
            yield return $"tokenizer: expected one of {string.Join(", ", s_tokenizers)}, found another";
        }

        if (UnsafeLabel < 0 || UnsafeLabel >= labels)
        {
            yield return $"unsafe_label: expected 0 to {labels - 1}, found {UnsafeLabel}";
        }

        if (!s_weights.Contains(Weights))
        {
            yield return $"weights: expected one of {string.Join(", ", s_weights)}, found another";
        }
    }
}
