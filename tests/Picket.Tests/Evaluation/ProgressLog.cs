using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

/// <summary>Keeps every report, at once and in order.</summary>
internal sealed class ProgressLog : IProgress<EvaluationProgress>
{
    public List<EvaluationProgress> Reports { get; } = [];

    public void Report(EvaluationProgress value) => Reports.Add(value);
}
