using System.Text;

namespace Picket.Cli.Tests.Training;

/// <summary>Runs distil and pretrain with a training by hand.</summary>
internal static class TrainingCli
{
    public static async Task<CliResult> RunAsync(FakeTraining training, params string[] words)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        int status = await CommandLineApp.RunAsync(
            words,
            streams,
            [
                DistilCommand.Create(streams, training.DistilAsync, static (_, _, _) => new(new FakeGuard()), new ManualClock()),
                PretrainCommand.Create(streams, training.PretrainAsync, new ManualClock()),
            ],
            TestContext.Current.CancellationToken);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
