using Picket.Models.DebertaV2;
using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>What stands on the encoder, under the names of Hugging Face's classes for it.</summary>
internal sealed class HeadPass
{
    private readonly DebertaV2Config _config;
    private readonly float _dropout;
    private readonly LinearParameters _dense;
    private readonly LinearParameters _output;
    private readonly NormParameters? _norm;

    public HeadPass(ParameterSet parameters, DebertaV2Config config, DebertaV2Head head, float dropout)
    {
        (_config, _dropout) = (config, dropout);
        int hidden = config.HiddenSize;
        if (head == DebertaV2Head.Classifier)
        {
            _dense = parameters.Linear("pooler.dense", hidden, hidden);
            _output = parameters.Linear("classifier", config.Labels.Count, hidden);
            return;
        }

        _dense = parameters.Linear("cls.predictions.transform.dense", hidden, hidden);
        _norm = parameters.Norm("cls.predictions.transform.LayerNorm");
        Parameter words = parameters.All[0];
        _output = new LinearParameters(words, parameters.Vector("cls.predictions.bias", config.VocabSize));
    }

    /// <summary>Logits of some tokens' vectors.</summary>
    public Variable Apply(Tape tape, Variable vectors)
    {
        Variable dense = tape.Gelu(_dense.Apply(tape, vectors));

        // Hugging Face's pooler has a dropout of its own before the dense layer, 0 unless a configuration says otherwise.
        return _output.Apply(
            tape, _norm is { } norm ? tape.Norm(dense, norm.Gain, norm.Bias, _config.LayerNormEpsilon) : tape.Dropout(dense, _dropout));
    }
}
