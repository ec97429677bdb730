namespace Picket.Chat;

/// <summary>How a chat client is guarded; the windows of a stream are set here too.</summary>
public sealed class GuardingOptions : StreamGuardOptions
{
    /// <summary>What of a request is checked before the model is asked. Default: the last user turn.</summary>
    public InputScope InputScope { get; init; } = InputScope.LastUserTurn;

    /// <summary>Whether answers are checked. Default: yes.</summary>
    public bool ChecksAnswers { get; init; } = true;

    /// <summary>What a caller gets in place of a blocked text. Default: a refusal.</summary>
    public BlockedAnswer Blocked { get; init; } = BlockedAnswer.Refusal;

    /// <summary>The text of a refusal; in a stream it follows what was let go, after an empty line. Default: a short sentence of ours.</summary>
    public string RefusalText { get; init; } = "I can't help with that.";

    /// <summary>
    /// Goes on reading a stream after a block, for the usage that comes last and for choices that have not begun. Default: no; the stream
    /// ends with the block as soon as no other message is under way, and the model is not kept busy.
    /// </summary>
    public bool ReadsOnAfterBlock { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults())
        {
            yield return fault;
        }

        const InputScope All = InputScope.LastUserTurn | InputScope.Conversation | InputScope.ToolResults | InputScope.SystemPrompt;
        if ((InputScope & ~All) != InputScope.None)
        {
            yield return $"input scope: expected flags of {string.Join(", ", Enum.GetNames<InputScope>())}, found {(int)InputScope}";
        }

        if (!Enum.IsDefined(Blocked))
        {
            yield return $"blocked: expected {string.Join(" or ", Enum.GetNames<BlockedAnswer>())}, found {(int)Blocked}";
        }

        if (RefusalText is null)
        {
            yield return "refusal text: expected a text, found none";
        }
    }
}
