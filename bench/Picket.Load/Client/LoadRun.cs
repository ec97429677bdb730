using System.Diagnostics;

namespace Picket.Load;

/// <summary>Loads a server over several connections.</summary>
/// <param name="server">Which.</param>
/// <param name="requests">Sent in their order, again and again.</param>
/// <param name="connections">How many at a time.</param>
internal sealed class LoadRun(Uri server, IReadOnlyList<byte[]> requests, int connections)
{
    private long _next;

    /// <summary>As fast as it answers.</summary>
    public Task<Outcome> FullAsync(TimeSpan time, CancellationToken cancellationToken) => RunAsync(time, static _ => 0, cancellationToken);

    /// <summary>
    /// At a constant rate, whether it answers or not: the time of a request begins when it was due, so that a server which falls behind does not
    /// hide that by being asked less.
    /// </summary>
    public Task<Outcome> SteadyAsync(double rate, TimeSpan time, CancellationToken cancellationToken) =>
        RunAsync(time, number => number / rate, cancellationToken);

    private async Task<Outcome> RunAsync(TimeSpan time, Func<long, double> due, CancellationToken cancellationToken)
    {
        _next = 0;
        long start = Stopwatch.GetTimestamp();
        List<(int, double)>[] answers = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Run(() => AskAsync(start, time, due, cancellationToken), cancellationToken)));
        return new Outcome(Stopwatch.GetElapsedTime(start), answers.SelectMany(static own => own));
    }

    private async Task<List<(int, double)>> AskAsync(long start, TimeSpan time, Func<long, double> due, CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(server);
        var answers = new List<(int, double)>();
        while (true)
        {
            long number = Interlocked.Increment(ref _next) - 1;
            var from = TimeSpan.FromSeconds(due(number));
            TimeSpan now = Stopwatch.GetElapsedTime(start);
            if (now >= time || from >= time)
            {
                return answers;
            }

            if (from > now)
            {
                await Task.Delay(from - now, cancellationToken);
            }

            TimeSpan begun = from > TimeSpan.Zero ? from : now;
            int status = await connection.AskAsync(requests[(int)(number % requests.Count)], cancellationToken);
            answers.Add((status, (Stopwatch.GetElapsedTime(start) - begun).TotalMilliseconds));
        }
    }
}
