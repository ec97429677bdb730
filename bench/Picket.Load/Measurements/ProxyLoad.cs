using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Picket.Load;

/// <summary>One chat request at a time, by turns to the model server itself and through the proxy.</summary>
internal static partial class ProxyLoad
{
    private const int WarmUp = 500;

    public static async Task<Figures> RunAsync(int requests, CancellationToken cancellationToken)
    {
        await using ServedProcess upstream = await ServedProcess.StartAsync(Servers.Upstream);
        await using ServedProcess picket = await ServedProcess.StartAsync([.. ModerationsLoad.Words, $"Picket:Proxy:Upstream={upstream.Address}"]);
        using var direct = new HttpConnection(upstream.Address);
        using var proxied = new HttpConnection(picket.Address);
        byte[] request = HttpConnection.Post(
            "/v1/chat/completions", new { model = "m", messages = new[] { new { role = "user", content = MildTexts.Words(30) } } });
        var own = new List<double>();
        var through = new List<double>();
        var guard = new List<double>();
        for (int i = 0; i < WarmUp + requests; i++)
        {
            double straight = await TimeAsync(direct, request, cancellationToken);
            double around = await TimeAsync(proxied, request, cancellationToken);
            if (i >= WarmUp)
            {
                own.Add(straight);
                through.Add(around);
                guard.Add(double.Parse(Small().Match(proxied.Head).Groups["time"].Value, CultureInfo.InvariantCulture));
            }
        }

        var figures = new Figures();
        figures.Add("model server itself, p50 ms", Median(own));
        figures.Add("through the proxy, p50 ms", Median(through));
        figures.Add("the guard's own time, p50 ms", Median(guard));
        figures.Add("beyond both, p50 ms", Median([.. through.Select((time, i) => time - guard[i] - own[i])]));
        return figures;
    }

    private static async Task<double> TimeAsync(HttpConnection connection, byte[] request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int status = await connection.AskAsync(request, cancellationToken);
        return status == 200
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new PicketException($"chat: expected status 200, found {status}");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    [GeneratedRegex(@"small;dur=(?<time>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Small();
}
