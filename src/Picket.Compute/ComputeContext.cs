using Picket.Compute.Threading;

namespace Picket.Compute;

/// <summary>The threads and the instruction set that kernels run on.</summary>
/// <remarks>
/// Any thread may use it. One caller at a time has the other threads; a second one, or a call from within a piece of work, does its own work
/// alone meanwhile.
/// </remarks>
public sealed class ComputeContext : IDisposable
{
    private readonly WorkerPool _pool;

    /// <summary>Starts the threads.</summary>
    /// <exception cref="ArgumentException">No thread, or vectors that this machine lacks.</exception>
    public ComputeContext(ComputeOptions? options = null)
    {
        options ??= new ComputeOptions();
        if (options.Threads < 1 || options.Simd > SimdLevels.Best)
        {
            throw new ArgumentException(
                $"expected at least one thread and at most {SimdLevels.Best}, found {options.Threads} and {options.Simd}", nameof(options));
        }

        Simd = options.Simd;
        _pool = new WorkerPool(options.Threads - 1);
    }

    /// <summary>The widest vectors that kernels use.</summary>
    public SimdLevel Simd { get; }

    /// <summary>Threads, the caller's included; worker numbers are below it.</summary>
    public int Threads => _pool.Workers + 1;

    /// <summary>Does pieces 0 to <paramref name="count"/> - 1 of <paramref name="work"/>, each once, in any order, on all threads; returns when all are done.</summary>
    /// <remarks>Allocates nothing. The first exception that a piece throws is thrown here, after the pieces that had begun ended.</remarks>
    public void Run<TWork>(int count, TWork work)
        where TWork : struct, IWork => _pool.Run(count, ref work);

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _pool.Dispose();
}
