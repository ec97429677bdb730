using Picket.Compute;

namespace Picket.Training.Autograd;

/// <summary>
/// Reverse-mode differentiation: operations on a tape compute at once and note how their gradient flows back; <see cref="Backward"/> goes
/// through the notes from the last to the first. The operations are this class's extension methods, forward and backward beside each other.
/// </summary>
/// <remarks>
/// One thread drives it; operations share their work over the context's threads and give the same bits on any number of them. The memory of
/// a pass is reused by the next.
/// </remarks>
/// <param name="context">Threads and instruction set; the caller disposes of it, after the tape.</param>
public sealed class Tape(ComputeContext context) : IDisposable
{
    private readonly Arena _arena = new();
    private List<Action> _notes = [];
    private ulong _seed;
    private ulong _drawn;

    /// <summary>Threads and instruction set.</summary>
    public ComputeContext Context { get; } = context;

    /// <summary>Whether dropout is on and gradients will flow back.</summary>
    public bool IsTraining { get; private set; }

    /// <summary>Memory for products.</summary>
    internal ProductScratch Products { get; } = new();

    /// <summary>Begins a pass: what the last one computed is no longer valid.</summary>
    /// <param name="training">Whether it will be followed by <see cref="Backward"/>, and dropout is on.</param>
    /// <param name="seed">Of dropout.</param>
    public void Begin(bool training, ulong seed = 0)
    {
        _notes.Clear();
        _arena.Release(default);
        IsTraining = training;
        (_seed, _drawn) = (seed, 0);
    }

    /// <summary>Some rows of a parameter, as operations take them.</summary>
    public static Variable Use(Parameter parameter, int firstRow, int rows)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new Variable(parameter.Value.SliceRows(firstRow, rows), parameter.Gradient.SliceRows(firstRow, rows));
    }

    /// <summary>
    /// Does <paramref name="segment"/> without keeping its inner values; the backward pass does it again first (Chen et al. 2016, "Training
    /// Deep Nets with Sublinear Memory Cost").
    /// </summary>
    /// <param name="segment">From the inputs to one output, of the first input's shape; uses no other variable.</param>
    /// <param name="inputs">At least one.</param>
    public Variable Checkpoint(Func<IReadOnlyList<Variable>, Variable> segment, params Variable[] inputs)
    {
        ArgumentNullException.ThrowIfNull(segment);
        Matrix<float> kept = Take(inputs[0].Value.Rows, inputs[0].Value.Columns);
        ulong drawn = _drawn;
        Inside(output => Copy(output.Value, kept));
        var result = new Variable(this, kept);
        Note(result, () =>
        {
            // What outlives the segment's memory must be there before it.
            Array.ForEach(inputs, static input => input.AddGradient());
            ulong after = _drawn;
            _drawn = drawn;
            Inside(output =>
            {
                output.ShareGradient(result);
                FlowBack();
            });
            _drawn = after;
        });
        return result;

        void Inside(Action<Variable> use)
        {
            (List<Action> notes, (int Block, long Used) mark) = (_notes, _arena.Mark);
            _notes = [];
            use(segment(inputs));
            _notes = notes;
            _arena.Release(mark);
        }
    }

    /// <summary>Adds the gradients of what the notes lead back to. The last operation must have set a gradient: a loss.</summary>
    public void Backward() => FlowBack();

    /// <inheritdoc/>
    public void Dispose()
    {
        _arena.Dispose();
        Products.Dispose();
    }

    /// <summary>A variable of undefined content.</summary>
    internal Variable New(int rows, int columns) => new(this, _arena.Take(rows, columns));

    /// <summary>Memory until the pass ends.</summary>
    internal Matrix<float> Take(int rows, int columns) => _arena.Take(rows, columns);

    /// <summary>Notes how the gradient of <paramref name="output"/> flows back, where one has arrived.</summary>
    internal void Note(Variable output, Action flowBack)
    {
        if (IsTraining)
        {
            _notes.Add(() =>
            {
                if (output.HasGradient)
                {
                    flowBack();
                }
            });
        }
    }

    /// <summary>A dropout mask of its own; off outside training.</summary>
    internal Dropout Drop(float rate)
    {
        _drawn++;
        return new Dropout(IsTraining ? rate : 0, _seed + (_drawn * 0xD1342543DE82EF95));
    }

    private static void Copy(Matrix<float> source, Matrix<float> target)
    {
        for (int row = 0; row < target.Rows; row++)
        {
            source[row].CopyTo(target[row]);
        }
    }

    private void FlowBack()
    {
        for (int i = _notes.Count - 1; i >= 0; i--)
        {
            _notes[i]();
        }

        _notes.Clear();
    }
}
