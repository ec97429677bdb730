using Picket.Cli;
using Picket.Models;
using Picket.Training.Distillation;
using Picket.Training.Pretraining;

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
        PretrainCommand.Create(streams, Pretrainer.RunAsync),
        DistilCommand.Create(streams, Distiller.RunAsync, GuardLoader.LoadAsync),
        BlendCommand.Create(streams),
        BenchCommand.Create(streams, GuardLoader.LoadAsync),
        QuantiseCommand.Create(streams),
    ],
    interrupt.Token);
