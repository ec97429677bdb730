using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>One layer of the encoder: disentangled attention, then the feed-forward layer, each followed by dropout, residual and layer norm.</summary>
internal sealed class LayerPass(ParameterSet parameters, string name, DebertaV2Config config, StudentOptions options)
{
    private readonly LinearParameters _query = parameters.Linear($"{name}.attention.self.query_proj", config.HiddenSize, config.HiddenSize);
    private readonly LinearParameters _key = parameters.Linear($"{name}.attention.self.key_proj", config.HiddenSize, config.HiddenSize);
    private readonly LinearParameters _value = parameters.Linear($"{name}.attention.self.value_proj", config.HiddenSize, config.HiddenSize);
    private readonly LinearParameters _attended = parameters.Linear($"{name}.attention.output.dense", config.HiddenSize, config.HiddenSize);
    private readonly NormParameters _attendedNorm = parameters.Norm($"{name}.attention.output.LayerNorm");
    private readonly LinearParameters _inner = parameters.Linear($"{name}.intermediate.dense", config.IntermediateSize, config.HiddenSize);
    private readonly LinearParameters _outer = parameters.Linear($"{name}.output.dense", config.HiddenSize, config.IntermediateSize);
    private readonly NormParameters _norm = parameters.Norm($"{name}.output.LayerNorm");

    /// <summary>tokens x hidden to tokens x hidden, or to the rows that are asked for.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="input">tokens x hidden.</param>
    /// <param name="positions">Layer-normed relative embeddings, positions x hidden.</param>
    /// <param name="firstPosition">Which row of the relative embeddings the first of them is.</param>
    /// <param name="starts">The sequences.</param>
    /// <param name="attention">Buckets, heads and memory.</param>
    /// <param name="rows">
    /// The tokens whose vectors are wanted, each once; <see langword="null"/> for all. The others are still looked at, as keys and values.
    /// </param>
    public Variable Apply(
        Tape tape, Variable input, Variable positions, int firstPosition, int[] starts, TrainableAttention attention, int[]? rows = null)
    {
        Variable wanted = rows is null ? input : tape.Gather(input, rows);
        Variable query = _query.Apply(tape, wanted);
        Variable dropped = tape.Dropout(positions, options.HiddenDropout);
        var inputs = new AttentionInputs(
            rows is null ? query : tape.Scatter(query, rows, input.Value.Rows),
            _key.Apply(tape, input),
            _value.Apply(tape, input),
            _query.Apply(tape, dropped),
            _key.Apply(tape, dropped));
        Variable context = tape.Attend(attention, inputs, firstPosition, starts, options.AttentionDropout);
        context = rows is null ? context : tape.Gather(context, rows);
        Variable attended = AddNorm(tape, _attended.Apply(tape, context), wanted, _attendedNorm);
        Variable inner = tape.Gelu(_inner.Apply(tape, attended));
        return AddNorm(tape, _outer.Apply(tape, inner), attended, _norm);
    }

    private Variable AddNorm(Tape tape, Variable input, Variable residual, NormParameters norm) =>
        tape.AddNorm(input, options.HiddenDropout, residual, norm.Gain, norm.Bias, config.LayerNormEpsilon);
}
