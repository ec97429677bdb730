using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>The parameters of a model, in the order in which its parts ask for them.</summary>
/// <param name="hidden">Width of a token's vector.</param>
internal sealed class ParameterSet(int hidden) : IDisposable
{
    /// <summary>What the names of the encoder's parameters begin with.</summary>
    public const string Encoder = "deberta.";

    /// <summary>The convolution's weights, which files hold as outputs x inputs x taps and passes use as outputs x (taps inputs).</summary>
    public const string Convolution = "deberta.encoder.conv.conv.weight";

    private const float Deviation = 0.02f;
    private readonly List<Parameter> _all = [];

    public IReadOnlyList<Parameter> All => _all;

    /// <summary>A matrix, which decays.</summary>
    public Parameter Matrix(string name, int rows, int columns) => Add(new Parameter(name, rows, columns, decays: true));

    /// <summary>A linear map: <paramref name="name"/>.weight and .bias.</summary>
    public LinearParameters Linear(string name, int outputs, int inputs) =>
        new(Matrix($"{name}.weight", outputs, inputs), Vector($"{name}.bias", outputs));

    /// <summary>A layer norm: <paramref name="name"/>.weight and .bias.</summary>
    public NormParameters Norm(string name) => new(Vector($"{name}.weight", hidden), Vector($"{name}.bias", hidden));

    /// <summary>A vector, which does not decay.</summary>
    public Parameter Vector(string name, int length) => Add(new Parameter(name, 1, length, decays: false));

    /// <summary>The shape in a checkpoint.</summary>
    public int[] StoredShape(Parameter parameter) => parameter.Name == Convolution
        ? [parameter.Value.Rows, hidden, parameter.Value.Columns / hidden]
        : parameter.Decays ? [parameter.Value.Rows, parameter.Value.Columns] : [parameter.Value.Columns];

    /// <summary>Turns values that were read in the order of a checkpoint into the parameter's own order.</summary>
    public void FromStored(Parameter parameter, Span<float> values)
    {
        if (parameter.Name == Convolution)
        {
            float[] stored = values.ToArray();
            for (int place = 0; place < stored.Length; place++)
            {
                values[OwnPlace(parameter, place)] = stored[place];
            }
        }
    }

    /// <summary>Fills <paramref name="target"/> with values in the order of a checkpoint, from <paramref name="start"/> on.</summary>
    public void CopyStored(Parameter parameter, int start, Span<float> target)
    {
        ReadOnlySpan<float> values = parameter.Values;
        if (parameter.Name != Convolution)
        {
            values.Slice(start, target.Length).CopyTo(target);
            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = values[OwnPlace(parameter, start + i)];
        }
    }

    /// <summary>Gives a parameter its first values.</summary>
    public static void Initialise(Parameter parameter, int seed)
    {
        Span<float> values = parameter.Values;
        if (!parameter.Decays)
        {
            values.Fill(parameter.Name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? 1 : 0);
            return;
        }

        // A generator a parameter, so that one more of them leaves the others as they are; Box and Muller 1958.
        var random = new Random(Hash(seed, parameter.Name));
        for (int i = 0; i < values.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(Deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }

    public void Dispose() => _all.ForEach(static parameter => parameter.Dispose());

    private static int Hash(int seed, string name) =>
        name.Aggregate(seed, static (hash, letter) => unchecked((hash * 16777619) ^ letter));

    private int OwnPlace(Parameter parameter, int stored)
    {
        int taps = parameter.Value.Columns / hidden;
        (int output, int rest) = Math.DivRem(stored, hidden * taps);
        (int input, int tap) = Math.DivRem(rest, taps);
        return (output * hidden * taps) + (tap * hidden) + input;
    }

    private Parameter Add(Parameter parameter)
    {
        _all.Add(parameter);
        return parameter;
    }
}

/// <summary>A linear map.</summary>
internal readonly record struct LinearParameters(Parameter Weight, Parameter Bias)
{
    public Variable Apply(Tape tape, Variable input) => tape.Linear(input, Weight, Bias);
}

/// <summary>A layer norm.</summary>
internal readonly record struct NormParameters(Parameter Gain, Parameter Bias);
