namespace Picket.Text;

/// <summary>Hangul syllables compose and decompose by arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00;
    private const int LeadingBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailingBase = 0x11A7;
    private const int LeadingCount = 19;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;
    private const int SyllableCount = LeadingCount * VowelCount * TrailingCount;

    public static bool IsSyllable(int codePoint) => (uint)(codePoint - SyllableBase) < SyllableCount;

    public static int Leading(int syllable) => LeadingBase + ((syllable - SyllableBase) / (VowelCount * TrailingCount));

    public static int Vowel(int syllable) => VowelBase + ((syllable - SyllableBase) % (VowelCount * TrailingCount) / TrailingCount);

    public static int Trailing(int syllable) => TrailingBase + ((syllable - SyllableBase) % TrailingCount);

    public static bool HasTrailing(int syllable) => (syllable - SyllableBase) % TrailingCount != 0;

    public static bool TryCompose(int first, int second, out int syllable)
    {
        int leading = first - LeadingBase;
        int vowel = second - VowelBase;
        if ((uint)leading < LeadingCount && (uint)vowel < VowelCount)
        {
            syllable = SyllableBase + (((leading * VowelCount) + vowel) * TrailingCount);
            return true;
        }

        int trailing = second - TrailingBase;
        syllable = first + trailing;
        return IsSyllable(first) && !HasTrailing(first) && trailing is > 0 and < TrailingCount;
    }
}
