using System.Text.RegularExpressions;

namespace Picket.Chat;

/// <summary>Which side of a pair a text is about.</summary>
internal enum Role
{
    None,
    Privileged,
    Marginalised,
    Both,
}

/// <summary>Finds the words privileged and marginalized in a text.</summary>
internal static partial class RoleWords
{
    /// <summary>The side or sides that a text names.</summary>
    public static Role In(string text)
    {
        bool privileged = Privileged().IsMatch(text);
        bool marginalised = Marginalised().IsMatch(text);
        return (privileged, marginalised) switch
        {
            (true, true) => Role.Both,
            (true, false) => Role.Privileged,
            (false, true) => Role.Marginalised,
            _ => Role.None,
        };
    }

    public static bool AnyIn(string text) => In(text) != Role.None;

    /// <summary>Whether a text that names both sides names the privileged one first.</summary>
    public static bool PrivilegedFirst(string text) => Privileged().Match(text).Index < Marginalised().Match(text).Index;

    [GeneratedRegex(@"(?<![\w-])privileged?\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Privileged();

    [GeneratedRegex(
        @"\b(?:marginali[sz]ed|(?:non-|un|under)privileged)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marginalised();
}
