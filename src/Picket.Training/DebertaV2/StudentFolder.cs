using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Training.Autograd;

namespace Picket.Training.DebertaV2;

/// <summary>What a trained model's folder consists of, as Hugging Face lays it out.</summary>
internal static class StudentFolder
{
    private static readonly Dictionary<string, string> s_metadata = new() { ["format"] = "pt" };

    /// <summary>What writes each file, by name: weights, configuration and the tokenizer's files.</summary>
    public static Dictionary<string, Action<Stream>> Files(TrainableDebertaV2 model, StudentStart start, StudentOptions options, string architecture)
    {
        byte[] config = DebertaV2ConfigWriter.Write(model.Config, architecture, options.HiddenDropout, options.AttentionDropout);
        var files = new Dictionary<string, Action<Stream>>(StringComparer.Ordinal)
        {
            [TensorSource.FileName] = stream => WriteWeights(model, stream),
            [DebertaV2Config.FileName] = stream => stream.Write(config),
        };
        foreach (string path in start.TokenizerFiles)
        {
            // A tokenizer may have been given under any name; in a folder it is looked for under these.
            string name = !ReferenceEquals(path, start.TokenizerFiles[0]) ? Path.GetFileName(path)
                : path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "tokenizer.json" : "spm.model";
            byte[] content = File.ReadAllBytes(path);
            files[name] = stream => stream.Write(content);
        }

        return files;
    }

    /// <summary>Gives a classifier the offset of a calibration; the temperature has its place in <c>guard.json</c>.</summary>
    public static void Shift(TrainableDebertaV2 model, Calibration calibration)
    {
        Parameter bias = model.Parameters.First(static parameter => parameter.Name == "classifier.bias");
        bias.Values[1] += (float)(calibration.Offset * calibration.Temperature);
    }

    /// <summary>The weights as a safetensors file that Hugging Face's loader takes.</summary>
    public static void WriteWeights(TrainableDebertaV2 model, Stream stream) => Safetensors.WriteStreamed(stream, model.Save(), s_metadata);

    /// <summary>Refuses to train into the folder that a training starts from.</summary>
    /// <exception cref="PicketException">They are the same.</exception>
    public static void RequireOther(StudentOptions options, string folder)
    {
        if (Directory.Exists(options.From) && Normal(options.From) == Normal(folder))
        {
            throw new PicketException($"{folder}: expected another folder than the one that the student starts from, found the same");
        }

        static string Normal(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }
}
