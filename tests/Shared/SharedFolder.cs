namespace Picket.Testing;

/// <summary>The folder of shared data and reference vectors: tests that need it skip where it is absent, and fail there when CI=true.</summary>
internal static class SharedFolder
{
    /// <summary>The full path of a file or folder under the shared folder.</summary>
    public static string Require(string relativePath)
    {
        string root = Environment.GetEnvironmentVariable("PICKET_SHARED") ?? Path.Combine(RepositoryRoot, "..", "shared");
        string path = Path.GetFullPath(Path.Combine(root, relativePath));
        return RequireExisting(path, $"needs the shared folder's {relativePath}; set PICKET_SHARED to where it is");
    }

    /// <summary><paramref name="path"/> itself where it exists.</summary>
    public static string RequireExisting(string path, string reason)
    {
        if (!Path.Exists(path))
        {
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            {
                Assert.Fail(reason);
            }

            Assert.Skip(reason);
        }

        return path;
    }

    /// <summary>The folder that holds Picket.slnx.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    private static string FindRepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Picket.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("No Picket.slnx above the test's folder.");
    }
}
