using Picket.Compute;
using Picket.Training.Autograd;

namespace Picket.Training.Tests.Autograd;

/// <summary>Holds gradients of floats against central differences of a function in doubles.</summary>
internal static class GradientCheck
{
    /// <summary>The relative difference, norm-wise, that is allowed.</summary>
    public const double Tolerance = 1e-4;

    private const double Step = 1e-5;
    private const int Elements = 150;

    // A layer norm's input has no gradient along the norm's own invariances, nor a softmax's a common shift.
    private const double Vanishing = 1e-6;

    /// <summary>
    /// Asserts that |gradient - central differences| is at most the tolerance times |central differences|, over evenly spread elements.
    /// </summary>
    /// <param name="function">What is differentiated; reads <paramref name="values"/>.</param>
    /// <param name="values">The parameter in doubles.</param>
    /// <param name="parameter">Has the gradient of floats.</param>
    /// <param name="elements">How many elements at most.</param>
    /// <param name="seed">For the message.</param>
    public static void Near(Func<double> function, double[] values, Parameter parameter, int elements, int seed)
    {
        double difference = 0;
        double norm = 0;
        int stride = Math.Max(1, values.Length / elements);
        for (int i = 0; i < values.Length; i += stride)
        {
            double value = values[i];
            values[i] = value + Step;
            double above = function();
            values[i] = value - Step;
            double expected = (above - function()) / (2 * Step);
            values[i] = value;
            difference += (expected - parameter.Gradients[i]) * (expected - parameter.Gradients[i]);
            norm += expected * expected;
        }

        Assert.True(
            Math.Sqrt(difference) <= Math.Max(Tolerance * Math.Sqrt(norm), Vanishing),
            $"{parameter.Name}, seed {seed}: expected a gradient of norm {Math.Sqrt(norm):G6}, found one {Math.Sqrt(difference):G3} away");
    }

    /// <summary>
    /// Runs an operation on inputs and parameters of floats, lets a random direction flow back, and compares all gradients with central
    /// differences of the same operation in doubles.
    /// </summary>
    /// <param name="inputs">rows x columns of each input.</param>
    /// <param name="parameters">rows x columns of each parameter.</param>
    /// <param name="operation">The operation; the variables are the inputs.</param>
    /// <param name="reference">The same in doubles, row by row: inputs, then parameters.</param>
    /// <param name="seed">Of values and direction.</param>
    public static void Operation(
        (int Rows, int Columns)[] inputs,
        (int Rows, int Columns)[] parameters,
        Func<Tape, Variable[], Parameter[], Variable> operation,
        Func<double[][], double[][], double[]> reference,
        int seed)
    {
        var random = new Random(seed);
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        using var tape = new Tape(context);
        Parameter[] holders = [.. inputs.Select(shape => Fill(new Parameter("x", shape.Rows, shape.Columns, false), random))];
        Parameter[] learned = [.. parameters.Select(shape => Fill(new Parameter("w", shape.Rows, shape.Columns, true), random))];
        tape.Begin(training: true, seed: 7);

        // An input's gradient is first written and then added to, as where two operations share it.
        Variable[] variables = [.. holders.Select(holder => Tape.Use(holder, 0, holder.Value.Rows))];
        Variable output = operation(tape, variables, learned);
        Matrix<float> direction = output.AddGradient(out _);
        double[] weights = new double[direction.Rows * direction.Columns];
        for (int i = 0; i < weights.Length; i++)
        {
            direction[i / direction.Columns][i % direction.Columns] = (float)((random.NextDouble() * 2) - 1);
            weights[i] = direction[i / direction.Columns][i % direction.Columns];
        }

        tape.Backward();
        double[][] x = [.. holders.Select(Doubles)];
        double[][] w = [.. learned.Select(Doubles)];
        double Value() => reference(x, w).Zip(weights, static (y, weight) => y * weight).Sum();
        foreach ((double[] values, Parameter parameter) in x.Concat(w).Zip(holders.Concat(learned)))
        {
            Near(Value, values, parameter, Elements, seed);
            parameter.Dispose();
        }
    }

    /// <summary>What a mask multiplies each element of <paramref name="rows"/> rows with.</summary>
    public static double[] Factors(Dropout dropout, int rows, int columns)
    {
        float[] factors = new float[rows * columns];
        Array.Fill(factors, 1);
        for (int row = 0; row < rows; row++)
        {
            dropout.Apply(factors.AsSpan(row * columns, columns), row);
        }

        return [.. factors.Select(static factor => (double)factor)];
    }

    public static double[] Doubles(Parameter parameter) => [.. parameter.Values.ToArray().Select(static value => (double)value)];

    private static Parameter Fill(Parameter parameter, Random random)
    {
        foreach (ref float value in parameter.Values)
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }

        return parameter;
    }
}
