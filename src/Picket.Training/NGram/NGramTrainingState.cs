using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Picket.Models.Formats;

namespace Picket.Training.NGram;

/// <summary>Everything a training needs to go on after an interruption: parameters, Adam's moments, and the kept epoch's parameters.</summary>
internal sealed class NGramTrainingState(NGramParameters parameters)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private readonly float[] _gradient = new float[parameters.Dense.Length];
    private readonly float[] _mean = new float[parameters.Dense.Length];
    private readonly float[] _variance = new float[parameters.Dense.Length];
    private readonly float[] _keptEmbeddings = new float[parameters.Embeddings.Length];
    private readonly float[] _keptDense = new float[parameters.Dense.Length];
    private int _steps;

    public NGramParameters Parameters { get; } = parameters;

    public List<NGramEpoch> History { get; } = [];

    public int Epoch => History.Count;

    /// <summary>The epoch whose parameters are kept, counted from 1; 0 before the first.</summary>
    public int KeptEpoch { get; private set; }

    /// <summary>The kept epoch's parameters; the current ones are overwritten.</summary>
    public NGramParameters Kept
    {
        get
        {
            _keptEmbeddings.CopyTo(Parameters.Embeddings, 0);
            _keptDense.CopyTo(Parameters.Dense, 0);
            return Parameters;
        }
    }

    /// <summary>Adam (Kingma and Ba 2015, algorithm 1) on the mean of the rows' gradients.</summary>
    public void StepDense(NGramPass[] passes, float learningRate)
    {
        Array.Clear(_gradient);
        foreach (NGramPass pass in passes)
        {
            Compute.Kernels.AddScaled(_gradient, pass.Gradient, 1f / passes.Length);
        }

        _steps++;
        double step = learningRate * Math.Sqrt(1 - Math.Pow(Beta2, _steps)) / (1 - Math.Pow(Beta1, _steps));
        for (int i = 0; i < _gradient.Length; i++)
        {
            float gradient = _gradient[i];
            _mean[i] = (Beta1 * _mean[i]) + ((1 - Beta1) * gradient);
            _variance[i] = (Beta2 * _variance[i]) + ((1 - Beta2) * gradient * gradient);
            Parameters.Dense[i] -= (float)step * _mean[i] / (MathF.Sqrt(_variance[i]) + 1e-8f);
        }
    }

    /// <summary>Records an epoch, and keeps its parameters when its AUPRC is within <paramref name="tolerance"/> of the best so far.</summary>
    public void FinishEpoch(double loss, double heldOutAuprc, double tolerance)
    {
        History.Add(new NGramEpoch(loss, heldOutAuprc));
        if (heldOutAuprc >= History.Max(static epoch => epoch.HeldOutAuprc) - tolerance)
        {
            KeptEpoch = Epoch;
            Parameters.Embeddings.CopyTo(_keptEmbeddings, 0);
            Parameters.Dense.CopyTo(_keptDense, 0);
        }
    }

    /// <summary>SHA-256 of the options and of every row: what a checkpoint must share with the training that continues it.</summary>
    public static string Fingerprint(NGramTrainerOptions options, params IReadOnlyList<TrainingRow>[] parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(options.ToString()));
        foreach (IReadOnlyList<TrainingRow> part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Count));
            foreach (TrainingRow row in part)
            {
                hash.AppendData(MemoryMarshal.AsBytes<int>([row.Unsafe ? 1 : 0, row.Prompt.Length, row.Response?.Length ?? -1]));
                hash.AppendData(MemoryMarshal.AsBytes(row.Prompt.AsSpan()));
                hash.AppendData(MemoryMarshal.AsBytes(row.Response.AsSpan()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes the state under a temporary name and renames it.</summary>
    /// <exception cref="PicketException">It cannot be written; what stood there is untouched.</exception>
    public void Save(string path, string fingerprint)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new Header(fingerprint, _steps, KeptEpoch, History));
        var tensors = new Dictionary<string, Tensor> { ["header"] = new(TensorType.I8, [header.Length], header) };
        foreach ((string name, float[] values) in Arrays())
        {
            tensors[name] = Tensor.From(values, values.Length);
        }

        SafeFile.Write(path, file => Safetensors.Write(file, tensors));
    }

    /// <summary>Takes the state over from <paramref name="path"/> where there is such a file.</summary>
    /// <exception cref="PicketException">The file is damaged or belongs to other data or options.</exception>
    public void TryResume(string path, string fingerprint)
    {
        if (!File.Exists(path))
        {
            return;
        }

        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Parse(File.ReadAllBytes(path), path);
        Header header = ReadHeader(tensors, path);
        if (header.Fingerprint != fingerprint)
        {
            throw new PicketException(
                $"{path}: this checkpoint belongs to a training on other data or with other options; remove it, or train with what it began with");
        }

        foreach ((string name, float[] values) in Arrays())
        {
            if (!tensors.TryGetValue(name, out Tensor? tensor) || tensor.Type != TensorType.F32 || tensor.Shape is not [int length]
                || length != values.Length)
            {
                throw new PicketException(
                    $"{path}: the checkpoint is damaged: expected a tensor {name} of {values.Length} floats; remove the file to start again");
            }

            MemoryMarshal.Cast<byte, float>(tensor.Data.Span).CopyTo(values);
        }

        _steps = header.Steps;
        KeptEpoch = header.KeptEpoch;
        History.AddRange(header.History);
    }

    private static Header ReadHeader(IReadOnlyDictionary<string, Tensor> tensors, string path)
    {
        try
        {
            return tensors.TryGetValue("header", out Tensor? json)
                && JsonSerializer.Deserialize<Header>(json.Data.Span) is { Steps: > 0, KeptEpoch: > 0, History: not null } header
                && header.KeptEpoch <= header.History.Count && header.History.All(static epoch => epoch is not null)
                ? header
                : throw new JsonException("the header is incomplete");
        }
        catch (JsonException fault)
        {
            throw new PicketException(
                $"{path}: the checkpoint is damaged: expected a header of fingerprint, steps and epochs; remove the file to start again", fault);
        }
    }

    private IEnumerable<(string Name, float[] Values)> Arrays() =>
    [
        ("embeddings", Parameters.Embeddings),
        ("dense", Parameters.Dense),
        ("mean", _mean),
        ("variance", _variance),
        ("kept.embeddings", _keptEmbeddings),
        ("kept.dense", _keptDense),
    ];

    private sealed record Header(string Fingerprint, int Steps, int KeptEpoch, IReadOnlyList<NGramEpoch> History);
}
