using System.Diagnostics;

namespace Picket.Load;

/// <summary>A server in a process of its own, which ends with its standard input.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServedProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Resident memory in MiB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (double)(1 << 20);
        }
    }

    /// <summary>Starts this program again with <c>serve</c> and those words, and waits for its address.</summary>
    public static async Task<ServedProcess> StartAsync(params string[] words)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] line = [.. isHost ? [typeof(ServedProcess).Assembly.Location] : Array.Empty<string>(), "serve", .. words];
        var start = new ProcessStartInfo(program, line) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is { } address
            ? new ServedProcess(process, new Uri(address))
            : throw new PicketException($"server {words[0]}: expected an address, found none");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
