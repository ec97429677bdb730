using Picket;
using Picket.Ablation;

try
{
    var line = AblationWords.Command(Commands.RunAsync, Commands.ServeAsync).Parse(args);
    return await line.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (PicketException fault)
{
    await Console.Error.WriteLineAsync($"ablation: error: {fault.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("ablation: interrupted; the same command goes on");
    return 130;
}
