using System.Net.Sockets;
using System.Text;

namespace Picket.Load;

/// <summary>
/// Connections that begin a request, half of them within its head, and send a byte a second; those that the server ends are begun again. Beside
/// them a client that wants answers.
/// </summary>
internal static class SlowLoad
{
    private const double AskedRate = 50;

    private static readonly byte[][] Beginnings =
    [
        Encoding.ASCII.GetBytes($"POST {ModerationsLoad.Path} HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
        Encoding.ASCII.GetBytes(
            $"POST {ModerationsLoad.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"),
    ];

    public static async Task<Figures> RunAsync(int connections, TimeSpan time, CancellationToken cancellationToken)
    {
        await using ServedProcess picket = await ServedProcess.StartAsync(ModerationsLoad.Words);
        double before = picket.Megabytes;
        var slow = new Socket[connections];
        for (int i = 0; i < slow.Length; i++)
        {
            slow[i] = await BeginAsync(picket.Address, i, cancellationToken);
        }

        var client = new LoadRun(picket.Address, ModerationsLoad.Requests, connections: 4);
        Task<Outcome> asking = client.SteadyAsync(AskedRate, time, cancellationToken);
        int ended = 0;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!asking.IsCompleted && await second.WaitForNextTickAsync(cancellationToken))
        {
            for (int i = 0; i < slow.Length; i++)
            {
                if (!IsSent(slow[i]))
                {
                    ended++;
                    slow[i].Dispose();
                    slow[i] = await BeginAsync(picket.Address, i, cancellationToken);
                }
            }
        }

        Outcome asked = await asking;
        var figures = new Figures();
        figures.Add("slow connections", connections);
        figures.Add("ended by the server and begun again", ended);
        figures.Add("asked beside them", asked.Total);
        figures.Add("answered 200", asked.Count(200));
        figures.Add("p50 ms", asked.Percentile(0.5));
        figures.Add("p99 ms", asked.Percentile(0.99));
        figures.Add("memory before, MiB", before);
        figures.Add("memory at the end, MiB", picket.Megabytes);
        Array.ForEach(slow, static socket => socket.Dispose());
        return figures;
    }

    private static async Task<Socket> BeginAsync(Uri server, int number, CancellationToken cancellationToken)
    {
        Socket socket = await HttpConnection.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(Beginnings[number % Beginnings.Length], SocketFlags.None, cancellationToken);
        return socket;
    }

    private static bool IsSent(Socket socket)
    {
        try
        {
            return socket.Send("a"u8) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
