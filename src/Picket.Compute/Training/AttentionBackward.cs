namespace Picket.Compute;

/// <summary>The backward pass of attention over a batch.</summary>
/// <remarks>
/// A piece of work is a head of a group of sequences. Each has position gradients of its own, which are then added group by group; the groups
/// follow from the batch and the number of heads, never from the number of threads, and so do all sums.
/// </remarks>
internal sealed class AttentionBackward(LogBuckets buckets, int heads) : IDisposable
{
    // Enough for 16 threads to end together; each costs the memory and the addition of its position gradients.
    private const int Pieces = 32;

    // Rows of position gradients that are added up at a time.
    private const int Rows = 16;

    private readonly RelativeSlots _querySlots = new(buckets, mirrored: true);
    private readonly RelativeSlots _keySlots = new(buckets, mirrored: false);
    private readonly MatrixBuffer<float> _stacked = new();
    private readonly PanelBuffer _memory = new();
    private readonly MatrixBuffer<float> _partial = new();
    private BackwardWorker[] _workers = [];
    private int[] _groups = [];

    public void Run(
        ComputeContext context,
        in AttentionOperands operands,
        AttentionBatch batch,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> outputGradient,
        in AttentionOperands gradients)
    {
        if (batch.Longest == 0)
        {
            return;
        }

        _querySlots.Cover(batch.Longest);
        _keySlots.Cover(batch.Longest);
        int groups = Group(batch);
        while (_workers.Length < context.Threads)
        {
            _workers = [.. _workers, new BackwardWorker()];
        }

        int width = outputGradient.Columns / heads;
        Panels positions = Pack(context, operands, width);
        Matrix<float> partial = _partial.Shape(2 * heads * groups * _keySlots.Count, width);
        context.Run(
            heads * groups,
            new Work(this, context.Simd, operands, batch, groups, dropout, probabilities, outputGradient, gradients, positions, partial));
        context.Run((_keySlots.Count + Rows - 1) / Rows, new Sum(this, groups, partial, gradients));
    }

    public void Dispose()
    {
        _stacked.Dispose();
        _memory.Dispose();
        _partial.Dispose();
        foreach (BackwardWorker worker in _workers)
        {
            worker.Dispose();
        }
    }

    private RelativeSlots Slots(int side) => side == 0 ? _querySlots : _keySlots;

    // Groups of neighbouring sequences of about the same cost; group g has those from _groups[g] to before _groups[g + 1].
    private int Group(AttentionBatch batch)
    {
        int groups = Math.Clamp((Pieces + heads - 1) / heads, 1, batch.Count);
        if (_groups.Length < groups + 1)
        {
            _groups = new int[groups + 1];
        }

        double total = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            total += (double)batch[i].Length * batch[i].Length;
        }

        double before = 0;
        int begun = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            double cost = (double)batch[i].Length * batch[i].Length;
            int group = (int)(groups * (before + (cost / 2)) / total);
            while (begun <= group && begun < groups)
            {
                _groups[begun++] = i;
            }

            before += cost;
        }

        _groups.AsSpan(begun, groups + 1 - begun).Fill(batch.Count);
        return groups;
    }

    /// <summary>slots x all heads' position keys and queries in turn, each from a panel of its own on.</summary>
    private Panels Pack(ComputeContext context, in AttentionOperands operands, int width)
    {
        int columns = Panels.Count(width) * Panels.Width;
        Matrix<float> stacked = _stacked.Shape(_keySlots.Count, 2 * heads * columns);
        for (int slot = 0; slot < stacked.Rows; slot++)
        {
            Span<float> row = stacked[slot];
            row.Clear();
            for (int i = 0; i < 2 * heads; i++)
            {
                Matrix<float> source = i % 2 == 0 ? operands.PositionKeys : operands.PositionQueries;
                int position = Slots(i % 2).Row(slot) - operands.FirstPosition;
                source[position].Slice(i / 2 * width, width).CopyTo(row[(i * columns)..]);
            }
        }

        Panels packed = _memory.Shape(stacked.Rows, stacked.Columns);
        packed.Pack(stacked, context);
        return packed;
    }

    private readonly struct Work(
        AttentionBackward pass,
        SimdLevel simd,
        AttentionOperands operands,
        AttentionBatch batch,
        int groups,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> outputGradient,
        AttentionOperands gradients,
        Panels positions,
        Matrix<float> partial) : IWork
    {
        public void Execute(int piece, int worker)
        {
            int head = piece / groups;
            int group = piece % groups;
            int slots = pass._keySlots.Count;
            Matrix<float> sums = partial.SliceRows(2 * piece * slots, 2 * slots);
            for (int row = 0; row < sums.Rows; row++)
            {
                sums[row].Clear();
            }

            int width = sums.Columns;
            for (int i = pass._groups[group]; i < pass._groups[group + 1]; i++)
            {
                AttentionSequence sequence = batch[i];
                if (sequence.Length == 0)
                {
                    continue;
                }

                var operand = new BackwardHead(
                    simd,
                    Part(operands.Queries, sequence, head, width),
                    Part(operands.Keys, sequence, head, width),
                    Part(operands.Values, sequence, head, width),
                    Part(outputGradient, sequence, head, width),
                    probabilities,
                    sequence.OfHead(head),
                    dropout);
                pass._workers[worker].Add(
                    operand,
                    Side(head, 0, Part(gradients.Queries, sequence, head, width), sums),
                    Side(head, 1, Part(gradients.Keys, sequence, head, width), sums),
                    Part(gradients.Values, sequence, head, width));
            }
        }

        private static Matrix<float> Part(Matrix<float> all, AttentionSequence sequence, int head, int width) =>
            all.Slice(sequence.Start, sequence.Length, head * width, width);

        private PositionSide Side(int head, int side, Matrix<float> gradient, Matrix<float> sums)
        {
            RelativeSlots slots = pass.Slots(side);
            int columns = positions.Columns / (2 * pass.Heads);
            Panels packed = positions.SliceColumns(((2 * head) + side) * columns, gradient.Columns);
            return new PositionSide(slots, packed, gradient, sums.SliceRows(side * slots.Count, slots.Count));
        }
    }

    private int Heads => heads;

    private readonly struct Sum(AttentionBackward pass, int groups, Matrix<float> partial, AttentionOperands gradients) : IWork
    {
        public void Execute(int piece, int worker)
        {
            int count = pass._keySlots.Count;
            for (int slot = piece * Rows; slot < Math.Min(count, (piece + 1) * Rows); slot++)
            {
                for (int i = 0; i < 2 * pass.Heads * groups; i++)
                {
                    int side = i % 2;
                    int head = i / 2 / groups;
                    Matrix<float> target = side == 0 ? gradients.PositionKeys : gradients.PositionQueries;
                    Span<float> row = target[pass.Slots(side).Row(slot) - gradients.FirstPosition];
                    Kernels.AddScaled(row.Slice(head * partial.Columns, partial.Columns), partial[(i * count) + slot], 1);
                }
            }
        }
    }
}
