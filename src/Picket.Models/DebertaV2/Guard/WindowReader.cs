using Picket.Models.Tokenization;

namespace Picket.Models.DebertaV2;

/// <summary>The inputs of one call as windows of tokens, one after another, put together into batches. Reused from call to call.</summary>
/// <param name="tokenizer">Text to ids.</param>
/// <param name="settings">Window and overlap.</param>
/// <param name="passTokens">Tokens that a batch has at most, unless its only window is longer.</param>
internal sealed class WindowReader(UnigramTokenizer tokenizer, DebertaV2Settings settings, int passTokens)
{
    private readonly TokenBuffer _prompt = new();
    private readonly TokenBuffer _response = new();
    private readonly TokenBuffer _window = new();
    private readonly List<int> _owners = [];
    private IReadOnlyList<GuardInput> _inputs = [];
    private int _input;
    private int _next;
    private int _count;
    private bool _waiting;

    /// <summary>The windows of a batch.</summary>
    public RaggedBatch Batch { get; } = new();

    /// <summary>The input that each of them belongs to.</summary>
    public IReadOnlyList<int> Owners => _owners;

    /// <summary>Starts on the inputs of a call; none lets go of those of the last one.</summary>
    public void Begin(IReadOnlyList<GuardInput> inputs)
    {
        _inputs = inputs;
        (_input, _next, _count, _waiting) = (-1, 0, 0, false);
    }

    /// <summary>Fills <see cref="Batch"/> with the next windows; false when there are none.</summary>
    public bool ReadBatch()
    {
        Batch.Clear();
        _owners.Clear();
        while (_waiting || ReadWindow())
        {
            _waiting = Batch.Count > 0 && Batch.Tokens.Length + _window.Count > passTokens;
            if (_waiting)
            {
                break;
            }

            Batch.Add(_window.Ids);
            _owners.Add(_input);
        }

        return Batch.Count > 0;
    }

    private bool ReadWindow()
    {
        if (_next == _count && !ReadInput())
        {
            return false;
        }

        int most = settings.MaxTokens!.Value;
        _window.Clear();
        if (_inputs[_input].Response is null)
        {
            var windows = TokenWindows.Create(_prompt.Count, most - 2, settings.OverlapTokens);
            tokenizer.Assemble(_prompt.Ids[windows[_next]], _window);
        }
        else
        {
            (TokenWindows prompt, TokenWindows response) = TokenWindows.Share(_prompt.Count, _response.Count, most - 3, settings.OverlapTokens);
            tokenizer.Assemble(_prompt.Ids[prompt[_next]], _response.Ids[response[_next]], _window);
        }

        _next++;
        return true;
    }

    private bool ReadInput()
    {
        if (_input + 1 == _inputs.Count)
        {
            return false;
        }

        GuardInput input = _inputs[++_input];
        int most = settings.MaxTokens!.Value;
        _prompt.Clear();
        _response.Clear();
        tokenizer.Encode(input.Prompt, _prompt);
        if (input.Response is null)
        {
            _count = TokenWindows.Create(_prompt.Count, most - 2, settings.OverlapTokens).Count;
        }
        else
        {
            tokenizer.Encode(input.Response, _response);
            (TokenWindows prompt, TokenWindows response) = TokenWindows.Share(_prompt.Count, _response.Count, most - 3, settings.OverlapTokens);
            _count = Math.Max(prompt.Count, response.Count);
        }

        _next = 0;
        return true;
    }
}
