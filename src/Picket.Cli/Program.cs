using Picket.Cli;

using var interrupt = new Interrupt();
StandardStreams streams = StandardStreams.OfProcess();

return await CommandLineApp.RunAsync(args, streams, Commands.For(args, streams), interrupt.Token);
