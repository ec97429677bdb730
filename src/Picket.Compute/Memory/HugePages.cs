using System.Runtime.InteropServices;

namespace Picket.Compute;

/// <summary>Asks Linux for pages of 2 MB under large buffers: fewer faults at loading, and fewer misses of the address cache after.</summary>
/// <remarks>
/// Measured on one Zen 4 core: products of 16 rows with weights from memory go from 75 to 94 % of the peak, of 32 rows from 84 to 95 %; packing
/// 1.2 GB on two cores takes 0.33 s instead of 0.85 s once the host has backed the memory.
/// </remarks>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page; a buffer of at least that many should start at a multiple of it.</summary>
    public const int Size = 2 << 20;

    private const int AdviceHugePage = 14;

    /// <summary>A wish: a system without such pages goes on with small ones.</summary>
    public static void Request(void* address, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(address, bytes, AdviceHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint bytes, int advice);
}
