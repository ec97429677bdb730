using Picket.Cli;
using Picket.Cli.Train;

using var interrupt = new Interrupt();
StandardStreams streams = StandardStreams.OfProcess();

return await CommandLineApp.RunAsync(
    args,
    streams,
    [
        CheckCommand.Create(streams, Guards.LoadAsync),
        EvalCommand.Create(streams, Guards.LoadAsync),
        TrainCommand.Create(streams),
    ],
    interrupt.Token);
