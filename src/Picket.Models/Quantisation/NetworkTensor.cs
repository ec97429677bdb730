using Picket.Models.DebertaV2;

namespace Picket.Models.Quantisation;

/// <summary>A tensor that the engine reads.</summary>
/// <param name="Name">Its name in a Hugging Face checkpoint.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Unit">What it is quantised together with; <see langword="null"/> where it stays in 32-bit floats in any case.</param>
internal sealed record NetworkTensor(string Name, int[] Shape, string? Unit)
{
    /// <summary>The unit that is no linear map: a row of it is looked up, nothing is multiplied with it.</summary>
    public const string Embeddings = "deberta.embeddings.word_embeddings";

    /// <summary>The query or key projection that these are the weights of, which the relative embeddings go through too.</summary>
    public string? Projection =>
        Name.EndsWith(".query_proj.weight", StringComparison.Ordinal) || Name.EndsWith(".key_proj.weight", StringComparison.Ordinal)
            ? Name[..^".weight".Length]
            : null;

    /// <summary>
    /// All tensors of a network in the order of their use. A unit is what has to be of one type: the query, key and value projections of a
    /// layer, which are one map, or else one matrix.
    /// </summary>
    /// <remarks>
    /// Floats in any case: vectors, which are small; the relative embeddings, the convolution and the classifier with its pooler, which are
    /// read once, or seldom there, or a thousandth of the whole, and the last of which every error reaches undamped.
    /// </remarks>
    public static IReadOnlyList<NetworkTensor> Of(DebertaV2Config config)
    {
        int width = config.HiddenSize;
        var tensors = new List<NetworkTensor> { new($"{Embeddings}.weight", [config.VocabSize, width], Embeddings) };
        Norm("deberta.embeddings.LayerNorm");
        Add("deberta.encoder.rel_embeddings.weight", config.RelativeRows, width);
        Norm("deberta.encoder.LayerNorm");
        for (int i = 0; i < config.Layers; i++)
        {
            string layer = $"deberta.encoder.layer.{i}";
            string self = $"{layer}.attention.self";
            Map($"{self}.query_proj", width, width, self);
            Map($"{self}.key_proj", width, width, self);
            Map($"{self}.value_proj", width, width, self);
            Map($"{layer}.attention.output.dense", width, width);
            Norm($"{layer}.attention.output.LayerNorm");
            Map($"{layer}.intermediate.dense", config.IntermediateSize, width);
            Map($"{layer}.output.dense", width, config.IntermediateSize);
            Norm($"{layer}.output.LayerNorm");
        }

        if (config.ConvKernelSize > 0)
        {
            Add("deberta.encoder.conv.conv.weight", width, width, config.ConvKernelSize);
            Add("deberta.encoder.conv.conv.bias", width);
            Norm("deberta.encoder.conv.LayerNorm");
        }

        Add("pooler.dense.weight", width, width);
        Add("pooler.dense.bias", width);
        Add("classifier.weight", config.Labels.Count, width);
        Add("classifier.bias", config.Labels.Count);
        return tensors;

        void Add(string name, params int[] shape) => tensors.Add(new NetworkTensor(name, shape, Unit: null));

        void Norm(string name)
        {
            Add($"{name}.weight", width);
            Add($"{name}.bias", width);
        }

        void Map(string name, int outputs, int inputs, string? unit = null)
        {
            tensors.Add(new NetworkTensor($"{name}.weight", [outputs, inputs], unit ?? name));
            Add($"{name}.bias", outputs);
        }
    }
}
