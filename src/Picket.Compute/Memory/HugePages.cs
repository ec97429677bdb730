using System.Runtime.InteropServices;

namespace Picket.Compute;

/// <summary>Asks Linux for pages of 2 MB under large buffers: 512 times fewer faults at loading, and fewer misses of the address cache after.</summary>
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
