namespace Picket.Training.Augmentation;

/// <summary>Sets that grow together where two of their members are linked: union-find with path halving.</summary>
internal sealed class Clusters(int members)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, members)];

    /// <summary>Sets that are left.</summary>
    public int Count { get; private set; } = members;

    public void Link(int one, int other)
    {
        int left = RootOf(one);
        int right = RootOf(other);
        if (left != right)
        {
            _parents[Math.Max(left, right)] = Math.Min(left, right);
            Count--;
        }
    }

    private int RootOf(int member)
    {
        while (_parents[member] != member)
        {
            _parents[member] = _parents[_parents[member]];
            member = _parents[member];
        }

        return member;
    }
}
