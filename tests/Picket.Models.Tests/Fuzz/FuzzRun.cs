namespace Picket.Models.Tests.Fuzz;

/// <summary>Loads mutants and holds every outcome against the same rule: a sound load or one line from a <see cref="PicketException"/>.</summary>
internal static class FuzzRun
{
    private const long MaxBytes = 4 << 20;

    /// <summary>Loads mutants of <paramref name="sound"/>, which must load itself.</summary>
    /// <param name="sound">The content that is spoilt.</param>
    /// <param name="count">Mutants.</param>
    /// <param name="seed">Of the mutations.</param>
    /// <param name="names">What every error must begin with: the file or folder.</param>
    /// <param name="load">Loads a mutant and asserts that the result is consistent.</param>
    public static void Load(byte[] sound, int count, int seed, string names, Action<byte[]> load)
    {
        load(sound);
        int loaded = 0;
        int i = 0;
        foreach (byte[] mutant in Mutations.Of(sound, count, seed))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? fault = Record.Exception(() => load(mutant));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            string mutation = $"seed {seed}, mutant {i++}";

            Assert.True(fault is null or PicketException, $"{mutation}: {fault}");
            Assert.True(fault is null || fault.Message.StartsWith(names, StringComparison.Ordinal), $"{mutation}: {fault?.Message}");
            Assert.False(fault is not null && fault.Message.AsSpan().IndexOfAny('\n', '\r') >= 0, $"{mutation}: {fault?.Message}");
            Assert.InRange(allocated, 0, MaxBytes);
            loaded += fault is null ? 1 : 0;
        }

        // A run in which nothing fails, or nothing loads, looks at nothing.
        Assert.InRange(loaded, 0, count - (count / 4));
    }
}
