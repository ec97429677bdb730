using BenchmarkDotNet.Running;
using Picket.Benchmarks;

if (args is ["train", ..])
{
    TrainingTimer.Run(args.AsSpan(1));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
