namespace Picket.Load;

/// <summary>Full load for long: the server's memory by tenths of the time, and every answer that is none.</summary>
internal static class SteadyLoad
{
    private const int Parts = 10;

    public static async Task<Figures> RunAsync(TimeSpan time, int connections, CancellationToken cancellationToken)
    {
        await using ServedProcess picket = await ServedProcess.StartAsync(ModerationsLoad.Words);
        var run = new LoadRun(picket.Address, ModerationsLoad.Requests, connections);
        var figures = new Figures();
        int asked = 0;
        int answered = 0;
        int refused = 0;
        for (int part = 1; part <= Parts; part++)
        {
            Outcome outcome = await run.FullAsync(time / Parts, cancellationToken);
            asked += outcome.Total;
            answered += outcome.Count(200);
            refused += outcome.Count(429);
            figures.Add($"memory after tenth {part}, MiB", picket.Megabytes);
        }

        figures.Add("requests", asked);
        figures.Add("answered 200", answered);
        figures.Add("answered 429", refused);
        figures.Add("anything else", asked - answered - refused);
        return figures;
    }
}
