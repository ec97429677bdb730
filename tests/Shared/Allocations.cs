namespace Picket.Testing;

/// <summary>Counts what a piece of code allocates on the calling thread.</summary>
internal static class Allocations
{
    private const int Attempts = 5;

    /// <summary>
    /// The least of a few attempts: a collection that another thread starts retires this thread's allocation buffer, whose unused rest of up
    /// to 8 KB is then counted.
    /// </summary>
    public static long Least(Action code)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            code();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
