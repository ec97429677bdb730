namespace Picket.Compute;

/// <summary>A linear map with its weights packed for the kernels: y = activation(x Wᵀ + b).</summary>
public abstract class Linear : IDisposable
{
    /// <summary>Columns of the input.</summary>
    public abstract int Inputs { get; }

    /// <summary>Columns of the output.</summary>
    public abstract int Outputs { get; }

    /// <summary>output = activation(input Wᵀ + b), on all of the context's threads.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="input">rows x <see cref="Inputs"/>.</param>
    /// <param name="output">rows x <see cref="Outputs"/>; overwritten; must not overlap <paramref name="input"/>.</param>
    /// <param name="scratch">Memory for what the map needs on the way; one pass at a time may use it.</param>
    /// <param name="activation">What is done to each element of the product.</param>
    public abstract void Apply(
        ComputeContext context, Matrix<float> input, Matrix<float> output, LinearScratch scratch, Activation activation = Activation.None);

    /// <summary>Frees the weights.</summary>
    public abstract void Dispose();
}

/// <summary>What follows a product, element by element.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>x Φ(x), by the error function, not by an approximation through tanh.</summary>
    Gelu,
}
