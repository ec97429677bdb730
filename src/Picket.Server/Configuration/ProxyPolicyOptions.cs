using System.ComponentModel.DataAnnotations;
using Picket.Chat;

namespace Picket.Server;

/// <summary>What a policy does on the routes of the proxy: <c>Picket:Policies:NAME:Proxy</c>.</summary>
public sealed class ProxyPolicyOptions
{
    /// <summary>What of a request is checked before the upstream is asked. Default: the last user turn.</summary>
    public IReadOnlyList<InputScope> InputScopes { get; init; } = [InputScope.LastUserTurn];

    /// <summary>Whether answers are checked. Default: yes.</summary>
    public bool ChecksAnswers { get; init; } = true;

    /// <summary>What a client gets in place of a blocked text. Default: an error.</summary>
    public BlockedResponse Blocked { get; init; } = BlockedResponse.Error;

    /// <summary>The text of a refusal; in a stream it follows what was let go, after an empty line. Default: a short sentence of ours.</summary>
    public string RefusalText { get; init; } = new GuardingOptions().RefusalText;

    /// <summary>The longest window in which an answer is judged, in UTF-16 units, and so the most that is held back. Default: 400.</summary>
    [Range(64, 65_536)]
    public int WindowLength { get; init; } = 400;

    /// <summary>What neighbouring windows share at least, up to half a window. Default: 100.</summary>
    [Range(0, 32_768)]
    public int Overlap { get; init; } = 100;

    /// <summary>Where a window ends. Default: at the end of a sentence.</summary>
    public StreamStep Step { get; init; } = StreamStep.Sentence;

    /// <summary>The least new text of a window that ends with a sentence. Default: 100.</summary>
    [Range(1, 65_536)]
    public int ShortestStep { get; init; } = 100;

    /// <summary>What BiasDefense puts around a request once it was checked. Default: nothing.</summary>
    public BiasDefenseMode BiasDefense { get; init; } = BiasDefenseMode.Off;

    /// <summary>Its system prompt. Default: Picket's own (<see cref="BiasDefenseOptions.PicketSystemPrompt"/>); the paper's is not known.</summary>
    public string BiasDefenseSystemPrompt { get; init; } = BiasDefenseOptions.PicketSystemPrompt;

    /// <summary>Its suffix. Default: the paper's (<see cref="BiasDefenseOptions.PublishedSuffix"/>).</summary>
    public string BiasDefenseSuffix { get; init; } = BiasDefenseOptions.PublishedSuffix;

    /// <summary>The same for <c>Picket.Chat</c>. A guard that fails ends the request, but in shadow mode.</summary>
    internal GuardingOptions Guarding(bool shadow) => new()
    {
        InputScope = InputScopes.Aggregate(InputScope.None, static (all, one) => all | one),
        ChecksAnswers = ChecksAnswers,
        RefusalText = RefusalText,
        WindowLength = WindowLength,
        Overlap = Overlap,
        Step = Step,
        ShortestStep = ShortestStep,
        GuardFailure = GuardFailure.Throw,
        Shadow = shadow,
    };

    internal BiasDefenseOptions Defense() => new()
    {
        Mode = BiasDefense,
        SystemPrompt = BiasDefenseSystemPrompt,
        Suffix = BiasDefenseSuffix,
    };

    /// <summary>What does not go together; none when all is well.</summary>
    internal IEnumerable<string> Faults()
    {
        const InputScope Asked = InputScope.LastUserTurn | InputScope.Conversation;
        if (!ChecksAnswers && (Guarding(shadow: false).InputScope & Asked) == InputScope.None)
        {
            yield return "expected answers to be checked or one of LastUserTurn, Conversation among InputScopes, found neither";
        }

        foreach (string fault in Guarding(shadow: false).Faults().Concat(Defense().Faults()))
        {
            yield return fault;
        }
    }
}
