using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Picket.Text;

namespace Picket.Tests.Text;

public sealed class TextNormaliserPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60);

    [Fact]
    public void Normalise_HostileText_IsIdempotent() => Check.One(s_config, Prop.ForAll(HostileText.Arbitrary(), text =>
    {
        string once = TextNormaliser.Default.Normalise(text);
        return ReferenceEquals(once, TextNormaliser.Default.Normalise(once));
    }));

    [Fact]
    public void Normalise_HostileText_SettlesInFourPasses() => Check.One(s_config, Prop.ForAll(HostileText.Arbitrary(), text =>
    {
        for (int pass = 0; pass < 4; pass++)
        {
            text = TextNormaliser.Default.Pass(text);
        }

        return ReferenceEquals(text, TextNormaliser.Default.Pass(text));
    }));

    [Fact]
    public void Normalise_HostileText_LeavesNoUnpairedSurrogateOrDoubleSpace() => Check.One(s_config, Prop.ForAll(HostileText.Arbitrary(), text =>
    {
        string normalised = TextNormaliser.Default.Normalise(text);
        return !normalised.EnumerateRunes().Contains(Rune.ReplacementChar) && !normalised.Contains("  ") && normalised.Trim() == normalised;
    }));

    [Fact]
    public void IsClean_HostileText_NeverClearsTextThatAStepChanges() => Check.One(s_config, Prop.ForAll(HostileText.Arbitrary(), text =>
        !CleanText.IsClean(text) || ReferenceEquals(text, TextNormaliser.Default.Pass(text))));

    [Fact]
    public void TryGetLeetView_HostileText_KeepsTheLength() => Check.One(s_config, Prop.ForAll(HostileText.Arbitrary(), text =>
        TextNormaliser.Default.TryGetLeetView(text, out string view) ? view.Length == text.Length && view != text : ReferenceEquals(view, text)));
}
