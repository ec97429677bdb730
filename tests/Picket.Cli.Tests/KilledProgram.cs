using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Picket.Cli.Tests;

/// <summary>The program as a process of its own, which SIGKILL can end at any moment.</summary>
internal static class KilledProgram
{
    /// <summary>Kills of each test: what a gate can wait for. The same tests hold with 20.</summary>
    public const int Kills = 4;

    /// <summary>Runs a command line; what <paramref name="watch"/> is given kills it. Its exit status, which is not 0 after a kill.</summary>
    public static async Task<int> RunAsync(string[] words, Action<Action> watch)
    {
        // The host that runs these tests: DOTNET_ROOT/shared/Microsoft.NETCore.App/version/.
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, "Picket.Cli.dll"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        watch(process.Kill);
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        watch(static () => { });
        return process.ExitCode;
    }

    /// <summary>Kills where the moment has come; the process may have ended by itself meanwhile.</summary>
    public static void When(bool moment, Action kill)
    {
        if (moment)
        {
            try
            {
                kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended.
            }
        }
    }
}
