using Picket.Evaluation;

namespace Picket.Cli;

/// <summary>Keeps one line on standard error up to date, for somebody who watches.</summary>
internal sealed class EvalProgress(TextWriter error, TimeProvider clock, string guard, string dataset) : IProgress<EvaluationProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private long? _shown;

    public void Report(EvaluationProgress value)
    {
        if (value.Stage == EvaluationStage.Scoring && _shown is { } shown && clock.GetElapsedTime(shown) < Pause)
        {
            return;
        }

        _shown = clock.GetTimestamp();
        string stage = value.Stage switch
        {
            EvaluationStage.Latency => ", measuring latency",
            EvaluationStage.Metrics => ", computing intervals",
            _ => "",
        };
        error.Write($"\r\e[K{guard} on {dataset}: {value.Rows:N0} rows{stage}");
        error.Flush();
    }

    /// <summary>Wipes the line.</summary>
    public static void Clear(TextWriter error)
    {
        error.Write("\r\e[K");
        error.Flush();
    }
}
