namespace Picket.Load;

/// <summary>The answers of a run.</summary>
internal sealed class Outcome(TimeSpan elapsed, IEnumerable<(int Status, double Milliseconds)> answers)
{
    private readonly (int Status, double Milliseconds)[] _answers = [.. answers.OrderBy(static one => one.Milliseconds)];

    /// <summary>Answers of status 200 a second.</summary>
    public double Rate => Count(200) / elapsed.TotalSeconds;

    public int Total => _answers.Length;

    public int Count(int status) => _answers.Count(one => one.Status == status);

    /// <summary>Milliseconds within which that share of the answers came, whatever they said.</summary>
    public double Percentile(double share) =>
        _answers.Length == 0 ? double.NaN : _answers[Math.Min(_answers.Length - 1, (int)(share * _answers.Length))].Milliseconds;
}
