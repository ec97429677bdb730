using System.Runtime.InteropServices;
using System.Text;

namespace Picket.Chat;

/// <summary>
/// Guards one text that comes in pieces: an answer, the reasoning before it, or the arguments of one tool call. Text is held back until
/// every window it belongs to has been found safe.
/// </summary>
/// <remarks>
/// <para>The text is cut into overlapping windows (<see cref="StreamGuardOptions"/>), each scored as <c>GuardInput(prompt, window)</c>. Then,
/// for every text and however it is cut into pieces, single units and halves of surrogate pairs included:</para>
/// <list type="number">
/// <item>What is let go is, put together, a beginning of the text, unit for unit; all of it when no window is unsafe.</item>
/// <item>No unit of a window that was judged unsafe is let go, not even one that an earlier window was judged safe with, and nothing after
/// it. The one exception is a text that goes on after <see cref="FlushAsync"/>, which lets go of what later windows reach back to: up to
/// the overlap and an eighth of a window, all of it judged safe by then.</item>
/// <item>Less than one window is held back after a push, so the first text goes when at most one window has come.</item>
/// <item>A piece that is let go never ends inside a surrogate pair, but for a flush at such a place.</item>
/// </list>
/// <para>The cost is bounded: without flushes no unit is in more than 2 + (overlap + window / 8) / step windows, where step is the shortest
/// step or 5/8 of a window less the overlap, whichever is less. Windows that come at once are scored together, up to 16 a call.</para>
/// <para>For one text and one thread: calls follow each other. The cascade is the caller's. After an exception nothing more is let go.</para>
/// </remarks>
public sealed class StreamGuard
{
    private const int WindowsPerCall = 16;

    // From the start of the next window on.
    private readonly List<char> _text = [];
    private readonly GuardCheck _check;
    private readonly string _prompt;
    private readonly bool _isShadow;
    private readonly bool _isJson;
    private readonly PartTally _tally;
    private WindowPlan _plan;
    private int _gone;
    private bool _isBusy;

    /// <summary>Starts a text.</summary>
    /// <param name="cascade">Judges the windows; the caller's to dispose, after the text.</param>
    /// <param name="prompt">What the text answers, the context of every window. Guards cut a long one themselves.</param>
    /// <param name="options">Read once; the defaults when <see langword="null"/>.</param>
    /// <param name="part">
    /// What the text is. The windows of <see cref="GuardedPart.ToolArguments"/> are taken for JSON and scored with its escapes undone, so that
    /// a word in escapes is seen; what is let go is untouched.
    /// </param>
    /// <exception cref="PicketException">An option is out of range; the message names every fault.</exception>
    public StreamGuard(GuardCascade cascade, string prompt, StreamGuardOptions? options = null, GuardedPart part = GuardedPart.Text)
    {
        ArgumentNullException.ThrowIfNull(cascade);
        ArgumentNullException.ThrowIfNull(prompt);
        options ??= new StreamGuardOptions();
        options.Check("stream guard");
        _check = new GuardCheck(cascade, options);
        _prompt = prompt;
        _isShadow = options.Shadow;
        _isJson = part == GuardedPart.ToolArguments;
        _tally = new PartTally(part);
        _plan = new WindowPlan(options);
    }

    /// <summary>What was found so far.</summary>
    public PartVerdict Verdict => _tally.Verdict;

    /// <summary>Whether nothing more is let go. Never in shadow mode.</summary>
    public bool Blocked { get; private set; }

    /// <summary>Units that were let go.</summary>
    public long Released { get; private set; }

    /// <summary>Units that are held back; 0 when it is blocked, as they are forgotten then.</summary>
    public int Held => _text.Count - _gone;

    /// <summary>Adds a piece and scores the windows that are full with it.</summary>
    /// <returns>What may go now, in shadow mode all of it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="PicketException">The cascade failed, and <see cref="StreamGuardOptions.GuardFailure"/> says Throw.</exception>
    /// <exception cref="InvalidOperationException">An earlier call has not ended, or has thrown.</exception>
    public ValueTask<GuardedDelta> PushAsync(string delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        if (!Blocked)
        {
            _text.AddRange(delta.AsSpan());
        }

        return AdvanceAsync(all: false, cancellationToken);
    }

    /// <summary>
    /// Scores what was in no window yet and lets go of all that is held: at the end of the text, or where something has to follow it that
    /// cannot wait. The text may go on; its windows still reach back.
    /// </summary>
    /// <returns>What may go now.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="PicketException">The cascade failed, and <see cref="StreamGuardOptions.GuardFailure"/> says Throw.</exception>
    /// <exception cref="InvalidOperationException">An earlier call has not ended, or has thrown.</exception>
    public ValueTask<GuardedDelta> FlushAsync(CancellationToken cancellationToken = default) => AdvanceAsync(all: true, cancellationToken);

    private async ValueTask<GuardedDelta> AdvanceAsync(bool all, CancellationToken cancellationToken)
    {
        if (_isBusy)
        {
            throw new InvalidOperationException("An earlier call of this stream guard has not ended, or has thrown.");
        }

        _isBusy = true;
        var leaving = new StringBuilder();
        bool isMore = !Blocked;
        while (isMore)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Range> windows = TakeWindows(all);
            isMore = windows.Count == WindowsPerCall;
            IReadOnlyList<Finding> findings = await _check.CheckAsync([.. windows.Select(Input)], cancellationToken);
            int safe = Count(findings);
            if (safe < findings.Count)
            {
                Release(windows[safe].Start.Value, leaving);
                Block();
                break;
            }

            Release(_isShadow || (all && !isMore) ? _text.Count : _plan.Start, leaving);
        }

        Forget(_plan.Start);
        _isBusy = false;
        return new GuardedDelta(leaving.ToString(), Blocked ? Verdict : null);
    }

    private List<Range> TakeWindows(bool all)
    {
        var windows = new List<Range>();
        while (windows.Count < WindowsPerCall && _plan.TryNext(CollectionsMarshal.AsSpan(_text), all, out Range window))
        {
            windows.Add(window);
        }

        return windows;
    }

    private GuardInput Input(Range window)
    {
        string text = new(CollectionsMarshal.AsSpan(_text)[window]);
        return new GuardInput(_prompt, _isJson ? JsonEscapes.Undo(text) : text);
    }

    // How many windows at the beginning may go.
    private int Count(IReadOnlyList<Finding> findings)
    {
        for (int i = 0; i < findings.Count; i++)
        {
            _tally.Add(findings[i]);
            if (findings[i].Unsafe && !_isShadow)
            {
                return i;
            }
        }

        return findings.Count;
    }

    private void Release(int end, StringBuilder leaving)
    {
        if (end > _gone)
        {
            leaving.Append(CollectionsMarshal.AsSpan(_text)[_gone..end]);
            Released += end - _gone;
            _gone = end;
        }
    }

    private void Block()
    {
        Blocked = true;
        _text.Clear();
        _gone = 0;
        _plan.Drop(_plan.Start);
    }

    private void Forget(int count)
    {
        if (count > 0)
        {
            _text.RemoveRange(0, count);
            _plan.Drop(count);
            _gone -= count;
        }
    }
}
