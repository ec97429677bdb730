using System.Text;

namespace Picket.Chat;

/// <summary>Renders a conversation into the prompt that a model was trained on, for <c>/v1/completions</c>.</summary>
/// <remarks>
/// <para>Jinja is not spoken here: the formats in use differ in a handful of texts, which are the properties of this record and the fields of
/// its file (<see cref="ChatTemplateFile"/>). <c>{text}</c> stands for a turn's text. The built-in ones are in <see cref="ChatTemplates"/>.</para>
/// <para>An assistant turn that the request begins is <see cref="Assistant"/> up to its <c>{text}</c>, and then the prefix as it stands, not
/// trimmed; without a prefix the prompt ends with <see cref="Open"/>.</para>
/// </remarks>
public sealed record ChatTemplate
{
    internal const string TextMark = "{text}";
    internal const string SystemMark = "{system}";

    /// <summary>Stands in configurations and errors.</summary>
    public required string Name { get; init; }

    /// <summary>The token that every prompt begins with; it may be the server's to write. Default: none.</summary>
    public string Begin { get; init; } = "";

    /// <summary>A system turn; <see langword="null"/> (the default) where the format has none.</summary>
    public string? System { get; init; }

    /// <summary>
    /// The first user turn's text where a system turn comes before it, with <c>{system}</c> and <c>{text}</c>, for formats that fold the one into
    /// the other; <see langword="null"/> (the default) for others.
    /// </summary>
    public string? SystemInUser { get; init; }

    /// <summary>A user turn.</summary>
    public required string User { get; init; }

    /// <summary>An assistant turn.</summary>
    public required string Assistant { get; init; }

    /// <summary>What the model's turn begins with. Default: nothing.</summary>
    public string Open { get; init; } = "";

    /// <summary>White space around the texts of turns is left out. Default: no.</summary>
    public bool Trim { get; init; }

    /// <summary>Texts that end an answer where the server does not know the model's end token. Default: none.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>The prompt of <paramref name="turns"/>.</summary>
    /// <param name="turns">A system turn or none, then user and assistant in turn, the user last.</param>
    /// <param name="prefix">How the answer begins; <see langword="null"/> or empty for an open one.</param>
    /// <param name="writesBegin">Whether the prompt begins with <see cref="Begin"/>.</param>
    /// <exception cref="PicketException">The turns are in another order, or the format has no system turn and they have.</exception>
    public string Render(IReadOnlyList<ChatTurn> turns, string? prefix = null, bool writesBegin = true)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var prompt = new StringBuilder(writesBegin ? Begin : "");
        bool hasSystem = turns.Count > 0 && turns[0].Speaker == ChatSpeaker.System;
        if (hasSystem && System is null && SystemInUser is null)
        {
            throw new PicketException($"chat template {Name}: expected no system turn, which the format does not have; found one");
        }

        if (hasSystem && System is not null)
        {
            prompt.Append(Fill(System, Trimmed(turns[0].Text)));
        }

        int first = hasSystem ? 1 : 0;
        CheckOrder(turns, first);
        for (int i = first; i < turns.Count; i++)
        {
            bool folds = i == first && hasSystem && System is null;
            string text = folds ? Fold(turns[0].Text, turns[i].Text) : turns[i].Text;
            prompt.Append(Fill(turns[i].Speaker == ChatSpeaker.User ? User : Assistant, Trimmed(text)));
        }

        return prompt.Append(string.IsNullOrEmpty(prefix) ? Open : Head(Assistant) + prefix).ToString();
    }

    internal static string Head(string turn) => turn[..turn.IndexOf(TextMark, StringComparison.Ordinal)];

    // One pass over the pattern: a text that holds a mark stays as it is.
    private static string Fill(string pattern, string text)
    {
        int at = pattern.IndexOf(TextMark, StringComparison.Ordinal);
        return string.Concat(pattern.AsSpan(0, at), text, pattern.AsSpan(at + TextMark.Length));
    }

    private void CheckOrder(IReadOnlyList<ChatTurn> turns, int first)
    {
        bool alternates = Enumerable.Range(first, turns.Count - first)
            .All(i => turns[i].Speaker == ((i - first) % 2 == 0 ? ChatSpeaker.User : ChatSpeaker.Assistant));
        if (!alternates || (turns.Count - first) % 2 == 0)
        {
            string found = string.Join(", ", turns.Select(static turn => turn.Speaker));
            throw new PicketException($"chat template {Name}: expected user and assistant in turn, the user first and last; found {found}");
        }
    }

    private string Fold(string system, string text)
    {
        int at = SystemInUser!.IndexOf(SystemMark, StringComparison.Ordinal);
        return string.Concat(SystemInUser.AsSpan(0, at), system, Fill(SystemInUser[(at + SystemMark.Length)..], text));
    }

    private string Trimmed(string text) => Trim ? text.Trim() : text;
}
