using System.Numerics;

namespace Picket.Models.Tokenization;

/// <summary>Characters of well-formed UTF-8.</summary>
internal static class Utf8Character
{
    /// <summary>The bytes of the character that starts with <paramref name="first"/>.</summary>
    public static int Length(byte first) => first < 0x80 ? 1 : BitOperations.LeadingZeroCount((uint)(byte)~first << 24);
}
