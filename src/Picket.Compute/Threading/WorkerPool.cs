using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Picket.Compute.Threading;

/// <summary>Threads that wait for work: a few microseconds awake, then parked, since a spinning thread on a shared core costs five-fold.</summary>
internal sealed unsafe class WorkerPool : IDisposable
{
    // Between two products of one pass a worker waits for tens of microseconds at most; longer and the core belongs to somebody else.
    private const int SpinIterations = 2_000;
    private const int Open = 1;
    private const int OneWorker = 2;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _caller = new();

    private delegate*<void*, int, int, void> _execute;
    private void* _work;
    private int _count;
    private ExceptionDispatchInfo? _fault;

    // Whether the current work may be joined (bit 0) and how many workers are in it (the bits above).
    private int _state;
    private int _generation;
    private int _parked;
    private int _next;
    private bool _disposed;

    public WorkerPool(int workers)
    {
        _threads = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"Picket compute {worker}" };
            _threads[i].Start();
        }
    }

    public int Workers => _threads.Length;

    /// <summary><paramref name="work"/> lies on the caller's stack, so that it keeps its address.</summary>
    public void Run<TWork>(int count, ref TWork work)
        where TWork : struct, IWork
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        if (count <= 1 || _threads.Length == 0 || _caller.IsHeldByCurrentThread || !_caller.TryEnter())
        {
            for (int piece = 0; piece < count; piece++)
            {
                work.Execute(piece, 0);
            }

            return;
        }

        try
        {
            _execute = &Execute<TWork>;
            _work = Unsafe.AsPointer(ref work);
            _count = count;
            _next = 0;
            Volatile.Write(ref _state, Open);
            Interlocked.Increment(ref _generation);
            Wake(count - 1);
            DoPieces(0);
            Close();
        }
        finally
        {
            _caller.Exit();
        }
    }

    public void Dispose()
    {
        lock (_caller)
        {
            if (_disposed)
            {
                return;
            }

            Volatile.Write(ref _disposed, true);
            Interlocked.Increment(ref _generation);
            Wake(_threads.Length);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    private static void Execute<TWork>(void* work, int piece, int worker)
        where TWork : struct, IWork => Unsafe.AsRef<TWork>(work).Execute(piece, worker);

    private void Close()
    {
        // Nobody joins any more; those who are in have at most one piece left.
        Interlocked.And(ref _state, ~Open);
        var spin = default(SpinWait);
        while (Volatile.Read(ref _state) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        ExceptionDispatchInfo? fault = _fault;
        _fault = null;
        fault?.Throw();
    }

    private void DoPieces(int worker)
    {
        try
        {
            int count = _count;
            for (int piece; (piece = Interlocked.Increment(ref _next) - 1) < count;)
            {
                _execute(_work, piece, worker);
            }
        }
        catch (Exception fault)
        {
            Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(fault), null);
            Volatile.Write(ref _next, _count);
        }
    }

    private void Serve(int worker)
    {
        int seen = 0;
        while (true)
        {
            seen = AwaitGeneration(seen);
            if (Volatile.Read(ref _disposed))
            {
                return;
            }

            if (TryJoin())
            {
                DoPieces(worker);
                Interlocked.Add(ref _state, -OneWorker);
            }
        }
    }

    private bool TryJoin()
    {
        int state = Volatile.Read(ref _state);
        while ((state & Open) != 0)
        {
            int found = Interlocked.CompareExchange(ref _state, state + OneWorker, state);
            if (found == state)
            {
                return true;
            }

            state = found;
        }

        return false;
    }

    private int AwaitGeneration(int seen)
    {
        while (true)
        {
            for (int i = 0; i < SpinIterations; i++)
            {
                if (Volatile.Read(ref _generation) is var now && now != seen)
                {
                    return now;
                }

                Thread.SpinWait(1);
            }

            Interlocked.Increment(ref _parked);
            if (Volatile.Read(ref _generation) == seen || !TryUnpark())
            {
                _wake.Wait();
            }
        }
    }

    // Who wakes a worker takes it off the count, so that nobody wakes it again before it runs: a permit too many is a spin too many.
    private void Wake(int most)
    {
        int parked = Volatile.Read(ref _parked);
        while (parked > 0)
        {
            int woken = Math.Min(parked, most);
            int found = Interlocked.CompareExchange(ref _parked, parked - woken, parked);
            if (found == parked)
            {
                _wake.Release(woken);
                return;
            }

            parked = found;
        }
    }

    /// <summary>False: a permit is on its way to this worker, which has to take it.</summary>
    private bool TryUnpark()
    {
        int parked = Volatile.Read(ref _parked);
        while (parked > 0)
        {
            int found = Interlocked.CompareExchange(ref _parked, parked - 1, parked);
            if (found == parked)
            {
                return true;
            }

            parked = found;
        }

        return false;
    }
}
