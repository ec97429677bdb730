using BenchmarkDotNet.Running;
using Picket.Benchmarks;

if (args is ["train", ..])
{
    TrainingTimer.Run(args.AsSpan(1));
}
else if (args is ["near-duplicates", ..])
{
    NearDuplicateTimer.Run(args.Length > 1 ? int.Parse(args[1]) : 100_000);
}
else if (args is ["route", ..])
{
    RouteTimer.Run(args.Length > 1 ? int.Parse(args[1]) : 10);
}
else if (args is ["augment"])
{
    await AugmentTimer.RunAsync();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
