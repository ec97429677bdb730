using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Gradients that flow on unchanged.</summary>
internal static class Flow
{
    /// <summary>Adds <paramref name="part"/> to a row or writes it there.</summary>
    public static void Into(Span<float> gradient, ReadOnlySpan<float> part, bool accumulate)
    {
        if (accumulate)
        {
            Kernels.AddScaled(gradient, part, 1);
        }
        else
        {
            part.CopyTo(gradient);
        }
    }
}
