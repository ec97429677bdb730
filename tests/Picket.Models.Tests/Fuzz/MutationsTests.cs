namespace Picket.Models.Tests.Fuzz;

public sealed class MutationsTests
{
    private static readonly byte[] s_sound = [.. Enumerable.Range(0, 300).Select(static i => (byte)i)];

    [Fact]
    public void Of_SameSeed_GivesTheSameMutants() => Assert.Equal(Mutations.Of(s_sound, 200, 7), Mutations.Of(s_sound, 200, 7));

    [Fact]
    public void Of_SomeMutantsPerByte_OverwritesEveryByte()
    {
        // Only mutants of the same length: a cut or an insertion moves all that follows and would count for every byte behind it.
        bool[] changed = new bool[s_sound.Length];
        foreach (byte[] mutant in Mutations.Of(s_sound, 5 * s_sound.Length, 3).Where(static mutant => mutant.Length == s_sound.Length))
        {
            for (int i = 0; i < changed.Length; i++)
            {
                changed[i] |= mutant[i] != s_sound[i];
            }
        }

        Assert.DoesNotContain(false, changed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_NextToNothing_Works(int length) => Assert.Equal(500, Mutations.Of(new byte[length], 500, 1).Count());
}
