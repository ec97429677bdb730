using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>A matrix that is learned, with its gradient. The elements lie without gaps.</summary>
public sealed class Parameter : IDisposable
{
    private readonly AlignedBuffer<float> _values;
    private readonly AlignedBuffer<float> _gradients;

    /// <summary>A parameter of zeros.</summary>
    /// <param name="name">Its name in a Hugging Face checkpoint.</param>
    /// <param name="rows">Rows; 1 for a vector.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="decays">Whether weight decay applies: not to biases and layer norms.</param>
    public Parameter(string name, int rows, int columns, bool decays)
    {
        Name = name;
        Decays = decays;
        _values = new AlignedBuffer<float>((long)rows * columns);
        _gradients = new AlignedBuffer<float>((long)rows * columns);
        Value = new Matrix<float>(_values, rows, columns, columns);
        Gradient = new Matrix<float>(_gradients, rows, columns, columns);
        Values.Clear();
        Gradients.Clear();
    }

    /// <summary>Its name in a Hugging Face checkpoint.</summary>
    public string Name { get; }

    /// <summary>Whether weight decay applies.</summary>
    public bool Decays { get; }

    /// <summary>The values.</summary>
    public Matrix<float> Value { get; }

    /// <summary>The gradient, which every backward pass adds to.</summary>
    public Matrix<float> Gradient { get; }

    /// <summary>All values, row by row.</summary>
    public Span<float> Values => _values.Span;

    /// <summary>All of the gradient, row by row.</summary>
    public Span<float> Gradients => _gradients.Span;

    /// <summary>Frees both.</summary>
    public void Dispose()
    {
        _values.Dispose();
        _gradients.Dispose();
    }
}
