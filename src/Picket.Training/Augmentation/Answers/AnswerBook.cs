using Picket.Chat;

namespace Picket.Training.Augmentation;

/// <summary>Answers by number and part: from the journal where they are there already, else from the models, and then into the journal.</summary>
internal sealed class AnswerBook : IDisposable
{
    private readonly AnswerJournal _journal;
    private readonly AnswerTally _tally;
    private readonly Dictionary<string, AnswerSource> _sources = [];

    public AnswerBook(AnswerJournal journal, AugmentationModels models, AnswerTally tally, AugmentationOptions options)
    {
        _journal = journal;
        _tally = tally;
        foreach (string part in AnswerPart.All)
        {
            if (models.Of(part) is { } model)
            {
                _sources[part] = new AnswerSource(model.Generator, options.Concurrency, options.Attempts);
            }
        }
    }

    /// <summary>Whether a model has the part.</summary>
    public bool Has(string part) => _sources.ContainsKey(part);

    /// <summary>The answer.</summary>
    /// <exception cref="PicketException">The server is gone, or the journal cannot be written.</exception>
    public async Task<Answer> AskAsync(int number, string part, GenerationRequest request, CancellationToken cancellationToken)
    {
        Answer? answer = _journal.Find(number, part);
        if (answer is null)
        {
            answer = await _sources[part].AskAsync(number, part, request, cancellationToken);
            _journal.Append(answer);
        }

        _tally.Add(answer);
        return answer;
    }

    public void Dispose()
    {
        foreach (AnswerSource source in _sources.Values)
        {
            source.Dispose();
        }
    }
}
