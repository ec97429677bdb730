using System.CommandLine;
using Picket.Models;
using Picket.Server;
using Picket.Training.Distillation;
using Picket.Training.Pretraining;

namespace Picket.Cli;

/// <summary>Every command, in the order of the help.</summary>
internal static class Commands
{
    public static IEnumerable<Command> Create(StandardStreams streams) =>
    [
        CheckCommand.Create(streams, GuardSource.LoadCascadeAsync),
        EvalCommand.Create(streams, GuardSource.LoadAsync),
        AuditCommand.Create(streams, GuardSource.LoadAsync, GuardSource.LoadCascadeAsync, AuditTarget.Create),
        AugmentCommand.Create(streams, AugmentModelSource.FindAsync),
        LabelCommand.Create(streams, GuardSource.LoadAsync),
        PipelineCommand.Create(
            new PipelineServices(streams, AugmentModelSource.FindAsync, GuardSource.LoadAsync, Distiller.RunAsync, TimeProvider.System)),
        TrainCommand.Create(streams),
        PretrainCommand.Create(streams, Pretrainer.RunAsync),
        DistilCommand.Create(streams, Distiller.RunAsync, GuardLoader.LoadAsync),
        BenchCommand.Create(streams, GuardLoader.LoadAsync),
        BlendCommand.Create(streams),
        QuantiseCommand.Create(streams),
        ServeCommand.Create(PicketServer.RunAsync),
        KeyCommand.Create(streams),
    ];
}
