using System.Buffers;

namespace Picket.Cli;

/// <summary>One <c>picket check</c>: input, guard, verdicts, exit status.</summary>
internal static class CheckRun
{
    public static async Task<int> RunAsync(
        CheckSettings settings, StandardStreams streams, CascadeFactory loadCascade, CancellationToken cancellationToken)
    {
        // The file is opened first: a missing one is told before a model is loaded.
        await using Stream? file = settings.Text is null && !settings.ReadsStandardInput ? InputFile.OpenRead(settings.File!) : null;
        await using GuardCascade cascade = await loadCascade(settings.GuardDirectory, settings.Normalise, settings.Threshold, cancellationToken);
        IVerdictFormat format = settings.Json
            ? new JsonFormat(settings.Explain)
            : new PlainFormat(bar: streams.OutputIsTerminal, coloured: streams.Coloured, settings.Explain);
        if (settings.ReadsStandardInput && streams.InputIsTerminal)
        {
            await streams.Error.WriteLineAsync(settings.JsonLines ? "one JSON object a line; Ctrl+D ends" : "type the prompt; Ctrl+D ends");
        }

        Stream input = file ?? streams.Input;
        if (settings.JsonLines)
        {
            return await new JsonLinesCheck(cascade, format, settings.InputName, settings.KeepGoing, streams).RunAsync(input, cancellationToken);
        }

        string prompt = settings.Text ?? await PlainText.ReadAsync(input, settings.InputName, cancellationToken);
        Verdict verdict = (await cascade.CheckAsync([new GuardInput(prompt, settings.Response)], cancellationToken))[0];
        var line = new ArrayBufferWriter<byte>();
        format.Write(verdict, row: null, line);
        await streams.Output.WriteAsync(line.WrittenMemory, CancellationToken.None);
        return verdict.Unsafe ? ExitStatus.Unsafe : ExitStatus.Success;
    }
}
