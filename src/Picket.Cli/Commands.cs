using System.CommandLine;
using Picket.Models;
using Picket.Server;
using Picket.Training.Distillation;
using Picket.Training.Pretraining;

namespace Picket.Cli;

/// <summary>Every command, in the order of the help.</summary>
internal static class Commands
{
    private static readonly (string Name, Func<StandardStreams, Command> Create)[] All =
    [
        ("check", static streams => CheckCommand.Create(streams, GuardSource.LoadCascadeAsync)),
        ("eval", static streams => EvalCommand.Create(streams, GuardSource.LoadAsync)),
        ("audit", static streams => AuditCommand.Create(streams, GuardSource.LoadAsync, GuardSource.LoadCascadeAsync, AuditTarget.Create)),
        ("augment", static streams => AugmentCommand.Create(streams, AugmentModelSource.FindAsync)),
        ("label", static streams => LabelCommand.Create(streams, GuardSource.LoadAsync)),
        ("pipeline", static streams => PipelineCommand.Create(
            new PipelineServices(streams, AugmentModelSource.FindAsync, GuardSource.LoadAsync, Distiller.RunAsync, TimeProvider.System))),
        ("train", static streams => TrainCommand.Create(streams)),
        ("pretrain", static streams => PretrainCommand.Create(streams, Pretrainer.RunAsync)),
        ("distil", static streams => DistilCommand.Create(streams, Distiller.RunAsync, GuardLoader.LoadAsync)),
        ("bench", static streams => BenchCommand.Create(streams, GuardLoader.LoadAsync)),
        ("blend", static streams => BlendCommand.Create(streams)),
        ("average", static streams => AverageCommand.Create(streams)),
        ("route", static streams => RouteCommand.Create(streams, GuardSource.LoadAsync)),
        ("quantise", static streams => QuantiseCommand.Create(streams)),
        ("serve", static _ => ServeCommand.Create(PicketServer.RunAsync)),
        ("key", static streams => KeyCommand.Create(streams)),
    ];

    /// <summary>Those that <paramref name="words"/> need: the one they begin with, as making the others takes a start longer, or all.</summary>
    public static IEnumerable<Command> For(string[] words, StandardStreams streams)
    {
        var named = Array.FindAll(All, command => words is [var first, ..] && first == command.Name);
        return (named.Length > 0 ? named : All).Select(command => command.Create(streams));
    }
}
