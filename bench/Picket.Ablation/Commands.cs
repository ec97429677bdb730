using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Ablation;

/// <summary>What the program does.</summary>
internal static class Commands
{
    /// <summary>Runs the ablation and writes its tables to standard output, <c>ablation.md</c> and <c>ablation.json</c>.</summary>
    /// <exception cref="PicketException">A setting or a file is bad.</exception>
    public static async Task<int> RunAsync(AblationSettings settings, CancellationToken cancellationToken)
    {
        Check(settings);
        AblationReport report = await new AblationRun(settings, Log).RunAsync(cancellationToken);
        string tables = ReportTable.Write(report);
        await WholeFile.WriteJsonAsync(Path.Combine(settings.Work, "ablation.json"), report, cancellationToken);
        await WholeFile.WriteAsync(Path.Combine(settings.Work, "ablation.md"), tables, cancellationToken);
        Console.Write(tables);
        return 0;
    }

    /// <summary>Serves the language model until it is interrupted.</summary>
    /// <exception cref="PicketException">A setting or the file is bad, or the port is taken.</exception>
    public static async Task<int> ServeAsync(AblationSettings settings, string file, CancellationToken cancellationToken)
    {
        Check(settings);
        IReadOnlyList<Example> rows = await RowShare.ReadAsync(file, cancellationToken);
        await using var model = SeedGenerator.Of(rows, new AugmentationOptions().LongestExemplar, settings.Order);
        await using var server = CompletionServer.Start(model, settings.Port);
        Log($"{model.Description.Name} at {server.Address}");
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }

    private static void Check(AblationSettings settings)
    {
        if (settings.Faults() is [_, ..] faults)
        {
            throw new PicketException(string.Join("; ", faults));
        }
    }

    private static void Log(string line) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {line}");
}
