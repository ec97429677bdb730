using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>Rows of a table.</summary>
public static class EmbedOperation
{
    /// <summary>One row of the table an id.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="table">ids x width.</param>
    /// <param name="ids">Rows of the table; read again in the backward pass.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static Variable Embed(this Tape tape, Parameter table, ReadOnlyMemory<int> ids)
    {
        ComputeContext context = tape.Context;
        Variable output = tape.New(ids.Length, table.Value.Columns);
        for (int i = 0; i < ids.Length; i++)
        {
            table.Value[ids.Span[i]].CopyTo(output.Value[i]);
        }

        // By columns, so that an id that comes twice has its gradients added in order.
        tape.Note(output, () => RowPieces.ForColumns(context, table.Value.Columns, (first, count) =>
        {
            ReadOnlySpan<int> rows = ids.Span;
            for (int i = 0; i < rows.Length; i++)
            {
                Kernels.AddScaled(table.Gradient[rows[i]].Slice(first, count), output.Gradient[i].Slice(first, count), 1);
            }
        }));
        return output;
    }

    /// <summary>Some rows of a variable, such as the first of each sequence.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="input">The variable.</param>
    /// <param name="rows">Which rows; read again in the backward pass.</param>
    public static Variable Gather(this Tape tape, Variable input, ReadOnlyMemory<int> rows)
    {
        Variable output = tape.New(rows.Length, input.Value.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            input.Value[rows.Span[i]].CopyTo(output.Value[i]);
        }

        tape.Note(output, () =>
        {
            Matrix<float> gradient = input.AddGradient();
            for (int i = 0; i < rows.Length; i++)
            {
                Kernels.AddScaled(gradient[rows.Span[i]], output.Gradient[i], 1);
            }
        });
        return output;
    }

    /// <summary>The reverse of <see cref="Gather"/>: rows of zeros, but for some.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="input">The rows that are not zero.</param>
    /// <param name="rows">Where they go, each to a place of its own; read again in the backward pass.</param>
    /// <param name="count">Rows of the result.</param>
    public static Variable Scatter(this Tape tape, Variable input, ReadOnlyMemory<int> rows, int count)
    {
        Variable output = tape.New(count, input.Value.Columns);
        for (int row = 0; row < count; row++)
        {
            output.Value[row].Clear();
        }

        for (int i = 0; i < rows.Length; i++)
        {
            input.Value[i].CopyTo(output.Value[rows.Span[i]]);
        }

        tape.Note(output, () =>
        {
            Matrix<float> gradient = input.AddGradient(out bool accumulate);
            for (int i = 0; i < rows.Length; i++)
            {
                Flow.Into(gradient[i], output.Gradient[rows.Span[i]], accumulate);
            }
        });
        return output;
    }
}
