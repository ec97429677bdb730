using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>Tokens become vectors: a row of the table, layer-normed. DeBERTa-v2 and -v3 add no absolute positions here.</summary>
internal sealed class TokenEmbeddings(IWeightReader reader, DebertaV2Config config) : IDisposable
{
    private readonly IEmbeddingTable _table =
        reader.ReadEmbeddings("deberta.embeddings.word_embeddings.weight", config.VocabSize, config.HiddenSize);

    private readonly RowNorm _norm = new(reader, "deberta.embeddings.LayerNorm", config.HiddenSize, config.LayerNormEpsilon);

    /// <summary>Fills one row of <paramref name="target"/> a token.</summary>
    /// <exception cref="ArgumentException">There is no such token.</exception>
    public void Apply(ComputeContext context, ReadOnlySpan<int> tokens, Matrix<float> target)
    {
        if (tokens.IndexOfAnyExceptInRange(0, config.VocabSize - 1) is >= 0 and var place)
        {
            throw new ArgumentException($"expected tokens from 0 to {config.VocabSize - 1}, found {tokens[place]}", nameof(tokens));
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            _table.CopyRow(tokens[i], target[i]);
        }

        _norm.Apply(context, target);
    }

    public void Dispose() => _table.Dispose();
}
