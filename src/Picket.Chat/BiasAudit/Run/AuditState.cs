namespace Picket.Chat;

/// <summary>What an audit has and may still ask. Safe to use from several threads.</summary>
internal sealed class AuditState
{
    private readonly Lock _gate = new();
    private readonly ITrialJournal _journal;
    private readonly JailbreakAuditOptions _options;
    private readonly TrialAnswer?[] _answers;
    private int _next;
    private long _requests;
    private long _tokens;

    public AuditState(int trials, ITrialJournal journal, JailbreakAuditOptions options)
    {
        _journal = journal;
        _options = options;
        _answers = [.. Enumerable.Range(0, trials).Select(journal.Find)];
        Resumed = Done = _answers.Count(static answer => answer is not null);
        _requests = Resumed;
        _tokens = _answers.Sum(static answer => (answer?.PromptTokens ?? 0) + (answer?.AnswerTokens ?? 0));
    }

    public int Done { get; private set; }

    public int Resumed { get; }

    public Exception? Fault { get; private set; }

    /// <summary>The next trial to ask, which counts from now on; <see langword="null"/> where there is none or the budget is spent.</summary>
    public int? Next()
    {
        lock (_gate)
        {
            while (_next < _answers.Length && _answers[_next] is not null)
            {
                _next++;
            }

            if (Fault is not null || _next == _answers.Length || _requests >= _options.MaxRequests || _tokens >= _options.MaxTotalTokens)
            {
                return null;
            }

            _requests++;
            return _next++;
        }
    }

    public void Add(TrialAnswer answer)
    {
        // In the journal first: what counts must not be lost.
        _journal.Append(answer);
        lock (_gate)
        {
            _answers[answer.Number] = answer;
            _tokens += (answer.PromptTokens ?? 0) + (answer.AnswerTokens ?? 0);
            Done++;
        }
    }

    public void Fail(Exception fault)
    {
        lock (_gate)
        {
            Fault ??= fault;
        }
    }

    public IReadOnlyList<TrialAnswer> Answers()
    {
        lock (_gate)
        {
            return [.. _answers.OfType<TrialAnswer>()];
        }
    }
}
