using System.Buffers.Binary;
using System.Text;

namespace Picket.Models.Tests.Fuzz;

/// <summary>
/// Seeded damage to byte arrays. Mutant i of n is spoilt near byte i * length / n, so that a run of at least as many mutants as the content
/// has bytes reaches every region; the kind of damage is drawn. Equal arguments give equal mutants.
/// </summary>
internal static class Mutations
{
    private static readonly string[] s_numbers =
    [
        "-1", "0", "1", "7", "255", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "-9223372036854775808", "99999999999999999999999", "1e308", "1e400", "-0", "0.5",
    ];

    private static readonly ulong[] s_integers =
        [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, ulong.MaxValue];

    private static readonly string[] s_fragments =
        ["{", "}", "[", "]", "\"", ",", ":", "\\", "null", "true", "\\ud800", "\0", "\n", "[[[[", "{\"a\":", "..", "/", "-", "e9", "NaN"];

    /// <summary>Gives <paramref name="count"/> mutants of <paramref name="sound"/>; one or two pieces of damage each.</summary>
    public static IEnumerable<byte[]> Of(byte[] sound, int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            byte[] mutant = Spoil(sound, (int)((long)i * sound.Length / count), random);
            yield return random.Next(4) == 0 ? Spoil(mutant, random.Next(mutant.Length + 1), random) : mutant;
        }
    }

    private static byte[] Spoil(byte[] content, int near, Random random)
    {
        int at = Math.Clamp(near, 0, Math.Max(0, content.Length - 1));
        int length = Math.Min(1 + random.Next(random.Next(2) == 0 ? 4 : 64), content.Length - at);
        return random.Next(11) switch
        {
            0 => Overwrite(content, at, Math.Min(1, length), old => (byte)(old ^ (1 << random.Next(8)))),
            1 => Overwrite(content, at, length, static _ => 0),
            2 => Overwrite(content, at, length, static _ => 0xFF),
            3 => Overwrite(content, at, length, _ => (byte)random.Next(256)),
            4 => content[..at],
            5 => Replace(content, at, 0, RandomBytes(random, 1 + random.Next(32))),
            6 => Replace(content, at, length, []),
            7 => Replace(content, at, 0, content.AsSpan(at, length)),
            8 => ReplaceDigits(content, at, s_numbers[random.Next(s_numbers.Length)]),
            9 => ReplaceField(content, at, random.Next(2) == 0 ? 4 : 8, s_integers[random.Next(s_integers.Length)], random.Next(2) == 0),
            _ => Replace(content, at, random.Next(2) * length, Encoding.UTF8.GetBytes(s_fragments[random.Next(s_fragments.Length)])),
        };
    }

    private static byte[] Overwrite(byte[] content, int at, int length, Func<byte, byte> change)
    {
        byte[] changed = [.. content];
        for (int i = at; i < at + length; i++)
        {
            changed[i] = change(changed[i]);
        }

        return changed;
    }

    private static byte[] Replace(byte[] content, int at, int length, ReadOnlySpan<byte> by) =>
        [.. content[..at], .. by, .. content[(at + length)..]];

    private static byte[] RandomBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Exchanges the next run of decimal digits at or behind <paramref name="at"/>.</summary>
    private static byte[] ReplaceDigits(byte[] content, int at, string number)
    {
        int start = content.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return Replace(content, at, 0, Encoding.ASCII.GetBytes(number));
        }

        start += at;
        int length = content.AsSpan(start).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return Replace(content, start, length < 0 ? content.Length - start : length, Encoding.ASCII.GetBytes(number));
    }

    /// <summary>Writes an integer over 4 or 8 bytes, as far as the content goes, in either byte order.</summary>
    private static byte[] ReplaceField(byte[] content, int at, int size, ulong value, bool bigEndian)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        field = field[..size];
        if (bigEndian)
        {
            field.Reverse();
        }

        size = Math.Min(size, content.Length - at);
        return Replace(content, at, size, field[..size]);
    }
}
