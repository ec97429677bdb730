using System.Text.Encodings.Web;

namespace Picket.Models.Blend;

/// <summary>The <c>blend</c> section of a <c>guard.json</c>: whose scores become one, and how.</summary>
/// <remarks>
/// Unsafe probability = sigmoid(offset + sum of weight_i * logit_i), logit_i = ln(p / (1 - p)) of the probability p that member i gives,
/// which is its calibrated one, limited to ±<see cref="MostLogit"/>. Stacked generalisation (Wolpert 1992) with one logistic unit on top.
/// </remarks>
/// <param name="Members">The guards that score; <see cref="LeastMembers"/> to <see cref="MostMembers"/>.</param>
/// <param name="Offset">Added to the sum; -1,000 to 1,000.</param>
public sealed record BlendSettings(IReadOnlyList<BlendMember> Members, double Offset = 0)
{
    /// <summary>Fewer would be no blend.</summary>
    public const int LeastMembers = 2;

    /// <summary>Every member scores every input and stays in memory.</summary>
    public const int MostMembers = 16;

    /// <summary>Where a member's logit ends: a probability of 1 - 1e-13, which no guard is sure to.</summary>
    public const double MostLogit = 30;

    /// <summary>The largest weight, and the largest magnitude of the offset.</summary>
    public const double MostWeight = 1000;

    /// <summary>ln(p / (1 - p)), limited to ±<see cref="MostLogit"/>.</summary>
    /// <param name="probability">p, 0 to 1.</param>
    public static double Logit(double probability) => Math.Clamp(Math.Log(probability / (1 - probability)), -MostLogit, MostLogit);

    /// <summary>The blend's unsafe probability.</summary>
    /// <param name="logits">One a member, in their order.</param>
    public double Probability(ReadOnlySpan<double> logits)
    {
        double sum = Offset;
        for (int i = 0; i < Members.Count; i++)
        {
            sum += Members[i].Weight * logits[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>Every fault of the values, or nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (Members.Count is < LeastMembers or > MostMembers)
        {
            yield return $"members: expected {LeastMembers} to {MostMembers}, found {Members.Count}";
        }

        if (!(Math.Abs(Offset) <= MostWeight))
        {
            yield return $"offset: expected {-MostWeight} to {MostWeight}, found {Offset}";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Members.Count; i++)
        {
            foreach (string fault in FaultsOf(Members[i]))
            {
                yield return $"members[{i}]{fault}";
            }

            if (Members[i] is { } member && !seen.Add(member.Bundle))
            {
                yield return $"members[{i}].bundle: expected each bundle once, found {Shown(member.Bundle)} again";
            }
        }
    }

    private static IEnumerable<string> FaultsOf(BlendMember? member)
    {
        if (member is null)
        {
            yield return ": expected an object, found null";
            yield break;
        }

        if (!MemberPath.IsAllowed(member.Bundle))
        {
            yield return ".bundle: expected the relative path of a folder in this bundle or of one beside it, such as members/a or ../a, "
                + $"found {Shown(member.Bundle)}";
        }

        if (member.Sha256.Length != 64 || member.Sha256.Any(static c => !char.IsAsciiHexDigitLower(c) && !char.IsAsciiDigit(c)))
        {
            yield return ".sha256: expected 64 hexadecimal digits in lower case, found something else";
        }

        if (member.Weight is not (>= 0 and <= MostWeight))
        {
            yield return $".weight: expected 0 to {MostWeight}, found {member.Weight}";
        }
    }

    private static string Shown(string path) => path.Length == 0 ? "none" : JavaScriptEncoder.Default.Encode(path);
}

/// <summary>One guard of a blend.</summary>
/// <param name="Bundle">
/// The folder of its bundle, from the blend's folder and with <c>/</c> between names: in it, or in the folder that it lies in.
/// </param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of its <c>guard.json</c>, which in turn has the hashes of its files.</param>
/// <param name="Weight">What its logit is multiplied by; 0 to 1,000.</param>
public sealed record BlendMember(string Bundle, string Sha256, double Weight);
