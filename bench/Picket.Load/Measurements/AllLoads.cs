using System.Globalization;

namespace Picket.Load;

/// <summary>Every measurement in one go, and what they say beside what is asked of the server.</summary>
internal static class AllLoads
{
    private const int Connections = 32;
    private const int SlowConnections = 10_000;
    private const int Rounds = 3;
    private const int ProxyRequests = 5000;

    // The first tenth holds the runtime's own growth: compiled code, and a heap that finds its size.
    private const int WarmTenth = 2;
    private const double MostGrowth = 1.1;

    /// <summary>Measures.</summary>
    /// <param name="guard">A transformer's folder.</param>
    /// <param name="time">Of each short run; the slow connections take six times as long.</param>
    /// <param name="steady">Of the long one.</param>
    /// <param name="cancellationToken">Between requests.</param>
    /// <returns>Whether every bar is met.</returns>
    public static async Task<bool> RunAsync(string guard, TimeSpan time, TimeSpan steady, CancellationToken cancellationToken)
    {
        Bar[] bars =
        [
            .. Moderations(Told("moderations", await ModerationsLoad.RunAsync(time, Connections, Rounds, cancellationToken))),
            Transformer(Told("transformer", await TransformerLoad.RunAsync(guard, time, Connections, [], cancellationToken))),
            Proxy(Told("proxy", await ProxyLoad.RunAsync(ProxyRequests, cancellationToken))),
            Slow(Told("slow", await SlowLoad.RunAsync(SlowConnections, 6 * time, cancellationToken))),
            Steady(steady, Told("steady", await SteadyLoad.RunAsync(steady, Connections, cancellationToken))),
        ];
        Console.WriteLine($"{Environment.ProcessorCount} cores\n\n{Bar.Head}");
        Array.ForEach(bars, Console.WriteLine);
        return Array.TrueForAll(bars, static bar => bar.IsMet);
    }

    private static Figures Told(string measurement, Figures figures)
    {
        figures.Print(measurement);
        return figures;
    }

    private static IEnumerable<Bar> Moderations(Figures figures)
    {
        double share = figures["picket / empty, median of the rounds"];
        yield return new Bar(
            "n-gram tier: requests a second, and their share of an empty JSON endpoint's in the same run", "moderations", "0.5",
            Text($"{figures["picket, requests/s"]:N0} of {figures["empty endpoint, requests/s"]:N0}: {share:0.00}"), share >= 0.5);
        double late = figures["at half that load, p99 ms"];
        double failed = figures["at half that load, not 200"];
        yield return new Bar(
            "n-gram tier: p99 at half that load", "moderations", "15 ms", Text($"{late:0.0} ms"), late < 15 && failed == 0);
    }

    private static Bar Transformer(Figures figures)
    {
        double share = figures["server / engine"];
        return new Bar(
            "transformer tier: texts a second, and their share of the engine's alone on the same texts", "transformer GUARD", "0.85",
            Text($"{figures["server, texts/s"]:N0} of {figures["engine alone, texts/s"]:N0}: {share:0.00}"),
            share >= 0.85 && figures["server, not 200"] == 0);
    }

    private static Bar Proxy(Figures figures)
    {
        double beyond = figures["beyond both, p50 ms"];
        return new Bar(
            "proxy, not streamed: p50 beyond the model server's and the guard's own time", "proxy", "1 ms", Text($"{beyond:0.00} ms"), beyond <= 1);
    }

    private static Bar Slow(Figures figures)
    {
        double asked = figures["asked beside them"];
        return new Bar(
            Text($"{SlowConnections:N0} connections that send a byte a second: a client beside them"), "slow", "all answered",
            Text($"{figures["answered 200"]:N0} of {asked:N0}, p99 {figures["p99 ms"]:0.0} ms; ")
                + Text($"memory {figures["memory before, MiB"]:0} to {figures["memory at the end, MiB"]:0} MiB"),
            figures["answered 200"] == asked);
    }

    private static Bar Steady(TimeSpan steady, Figures figures)
    {
        double first = figures[SteadyLoad.MemoryAfter(WarmTenth)];
        double last = figures[SteadyLoad.MemoryAfter(SteadyLoad.Parts)];
        double errors = figures["anything else"];
        return new Bar(
            Text($"n-gram tier: {steady.TotalMinutes:0.#} minutes at full load"), "steady", "flat memory, no error but 429",
            Text($"{figures["requests"]:N0} requests, {errors:0} errors, {figures["answered 429"]:0} 429; ")
                + Text($"memory {first:0} MiB after a fifth, {last:0} MiB at the end"),
            errors == 0 && last <= first * MostGrowth);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
