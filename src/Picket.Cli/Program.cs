using Picket.Cli;
using Picket.Models;

using var interrupt = new Interrupt();
StandardStreams streams = StandardStreams.OfProcess();

return await CommandLineApp.RunAsync(
    args,
    streams,
    [
        CheckCommand.Create(streams, GuardSource.LoadAsync),
        EvalCommand.Create(streams, GuardSource.LoadAsync),
        LabelCommand.Create(streams, GuardSource.LoadAsync),
        TrainCommand.Create(streams),
        BenchCommand.Create(streams, GuardLoader.LoadAsync),
        QuantiseCommand.Create(streams),
    ],
    interrupt.Token);
