namespace Picket.Compute;

/// <summary>Work in independent pieces. Implemented by a struct, which carries the operands.</summary>
public interface IWork
{
    /// <summary>Does one piece.</summary>
    /// <param name="piece">Its number, from 0.</param>
    /// <param name="worker">The thread that does it, 0 (the caller) to <see cref="ComputeContext.Threads"/> - 1: picks scratch memory.</param>
    void Execute(int piece, int worker);
}
