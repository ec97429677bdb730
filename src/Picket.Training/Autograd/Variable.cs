using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>A matrix of a pass, and its gradient in the backward pass. Valid until its tape is reset.</summary>
public sealed class Variable
{
    private readonly Tape? _tape;
    private Matrix<float> _gradient;

    internal Variable(Tape tape, Matrix<float> value)
    {
        _tape = tape;
        Value = value;
    }

    /// <summary>Rows of a parameter: their gradient is the parameter's own.</summary>
    internal Variable(Matrix<float> value, Matrix<float> gradient)
    {
        Value = value;
        _gradient = gradient;
        HasGradient = true;
    }

    /// <summary>The values.</summary>
    public Matrix<float> Value { get; }

    /// <summary>Whether anything has flowed back so far.</summary>
    internal bool HasGradient { get; private set; }

    /// <summary>The gradient that flowed back.</summary>
    internal Matrix<float> Gradient => HasGradient ? _gradient : throw new InvalidOperationException("expected a gradient, found none");

    /// <summary>A place for a part of the gradient.</summary>
    /// <param name="accumulate">Whether it must be added to what is there; otherwise every element must be written.</param>
    internal Matrix<float> AddGradient(out bool accumulate)
    {
        accumulate = HasGradient;
        if (!HasGradient)
        {
            _gradient = _tape!.Take(Value.Rows, Value.Columns);
            HasGradient = true;
        }

        return _gradient;
    }

    /// <summary>The gradient, zero where nothing has flowed back: for operations that add to parts of it.</summary>
    internal Matrix<float> AddGradient()
    {
        Matrix<float> gradient = AddGradient(out bool accumulate);
        if (!accumulate)
        {
            for (int row = 0; row < gradient.Rows; row++)
            {
                gradient[row].Clear();
            }
        }

        return gradient;
    }

    /// <summary>Makes another's gradient this one's.</summary>
    internal void ShareGradient(Variable other)
    {
        _gradient = other.Gradient;
        HasGradient = true;
    }
}
