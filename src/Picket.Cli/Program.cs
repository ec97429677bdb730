using Picket.Cli;
using Picket.Models;

using var interrupt = new Interrupt();
StandardStreams streams = StandardStreams.OfProcess();

return await CommandLineApp.RunAsync(
    args,
    streams,
    [
        CheckCommand.Create(streams, GuardLoader.LoadAsync),
        EvalCommand.Create(streams, GuardLoader.LoadAsync),
        TrainCommand.Create(streams),
        BenchCommand.Create(streams, GuardLoader.LoadAsync),
        QuantiseCommand.Create(streams),
    ],
    interrupt.Token);
