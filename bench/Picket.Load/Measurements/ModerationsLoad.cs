namespace Picket.Load;

/// <summary><c>/v1/moderations</c> with the n-gram guard beside an endpoint that reads JSON and answers JSON.</summary>
internal static class ModerationsLoad
{
    public const string Path = "/v1/moderations";

    public static readonly string[] Words = [Servers.Guarding, "Picket:Guards:Small=ngram", "Picket:Guards:Large=none"];

    /// <summary>Mild texts of 5 to 60 words.</summary>
    public static byte[][] Requests { get; } = [.. Enumerable.Range(0, 56).Select(static i =>
        HttpConnection.Post(Path, new { input = MildTexts.Words(5 + ((i * 23) % 56)) }))];

    public static async Task<Figures> RunAsync(TimeSpan time, int connections, int rounds, CancellationToken cancellationToken)
    {
        await using ServedProcess empty = await ServedProcess.StartAsync(Servers.Empty);
        await using ServedProcess picket = await ServedProcess.StartAsync(Words);
        var plain = new LoadRun(empty.Address, Requests, connections);
        var guarded = new LoadRun(picket.Address, Requests, connections);
        await plain.FullAsync(time / 2, cancellationToken);
        await guarded.FullAsync(time / 2, cancellationToken);
        var rates = new List<(double Empty, double Picket)>();
        for (int round = 0; round < rounds; round++)
        {
            rates.Add(((await plain.FullAsync(time, cancellationToken)).Rate, (await guarded.FullAsync(time, cancellationToken)).Rate));
        }

        double full = Median(rates.Select(static rate => rate.Picket));
        Outcome half = await guarded.SteadyAsync(full / 2, time, cancellationToken);
        var figures = new Figures();
        figures.Add("empty endpoint, requests/s", Median(rates.Select(static rate => rate.Empty)));
        figures.Add("picket, requests/s", full);
        figures.Add("picket / empty, median of the rounds", Median(rates.Select(static rate => rate.Picket / rate.Empty)));
        figures.Add("at half that load, requests/s", half.Rate);
        figures.Add("at half that load, p50 ms", half.Percentile(0.5));
        figures.Add("at half that load, p99 ms", half.Percentile(0.99));
        figures.Add("at half that load, not 200", half.Total - half.Count(200));
        return figures;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
