using Picket.Data;
using Picket.Training.Labelling;

namespace Picket.Training.Augmentation;

/// <summary>Finds texts that repeat the prompt of an evaluation row: the same words, a run of 13 of them, or nearly the same text.</summary>
/// <remarks>
/// Responses are not compared: refusals share their wording everywhere. Once the rows are in, <see cref="Check"/> changes nothing that
/// shows, but is not safe for several threads at once.
/// </remarks>
public sealed class Decontaminator
{
    private readonly int _length;
    private readonly Dictionary<UInt128, int> _texts = [];
    private readonly Dictionary<ulong, int> _runs = [];
    private readonly MinHashIndex _index;
    private readonly List<string> _ids = [];

    /// <summary>Creates one that knows no row, and so finds nothing.</summary>
    /// <param name="options">The rules' limits; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of its range; all faults are named.</exception>
    public Decontaminator(DecontaminationOptions? options = null)
    {
        options ??= new DecontaminationOptions();
        SettingFault.ThrowIfAny(options.Faults());
        _length = options.NGramLength;
        _index = new MinHashIndex(options.MinHash);
    }

    /// <summary>Evaluation rows that it knows.</summary>
    public int Rows => _ids.Count;

    /// <summary>Adds the prompts of a file of any format that <see cref="ExampleReader"/> knows.</summary>
    /// <param name="path">The file; hits name its rows <c>file name:id</c>, or <c>file name:row</c> where the id may be a text.</param>
    /// <param name="format">The format's name; <see langword="null"/> recognises it by content.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PicketException">The file cannot be read, or a row is bad.</exception>
    public async Task AddFileAsync(string path, string? format = null, CancellationToken cancellationToken = default)
    {
        int row = 0;
        await foreach (Example example in ExampleReader.ReadAsync(path, format, cancellationToken))
        {
            row++;
            Add($"{Path.GetFileName(path)}:{RowName.IdOf(example) ?? $"{row}"}", example.Prompt);
        }
    }

    /// <summary>Adds one evaluation row.</summary>
    /// <param name="id">Names it in hits.</param>
    /// <param name="text">Its prompt.</param>
    public void Add(string id, string text)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(text);
        string words = FilterText.Of(text);
        int row = Rows;
        _ids.Add(id);
        _texts.TryAdd(ExactDuplicateFilter.KeyOf(words), row);
        foreach (ulong run in WordRuns.Of(words, _length))
        {
            _runs.TryAdd(run, row);
        }

        _index.Add(_index.Of(words));
    }

    /// <summary>Whether a text repeats an evaluation row: the first rule that holds, in the order exact, run of words, near duplicate.</summary>
    /// <returns>The rule and the evaluation row; <see langword="null"/> for a clean text.</returns>
    public FilterHit? Check(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string words = FilterText.Of(text);
        if (_texts.TryGetValue(ExactDuplicateFilter.KeyOf(words), out int row))
        {
            return new FilterHit(FilterRules.EvaluationExact, _ids[row]);
        }

        foreach (ulong run in WordRuns.Of(words, _length))
        {
            if (_runs.TryGetValue(run, out row))
            {
                return new FilterHit(FilterRules.EvaluationNGram, _ids[row]);
            }
        }

        return _index.Nearest(_index.Of(words)) is { } near
            ? new FilterHit(FilterRules.EvaluationNearDuplicate, _ids[near.Index], near.Jaccard)
            : null;
    }
}
