namespace Picket.Models.Tokenization;

/// <summary>
/// The fields of a unit of darts-clone: the label in bits 0-7 (bit 31 marks a value, which no label equals), whether a value hangs below it
/// in bit 8, and in bits 10-30 the distance to its children, times 256 where bit 9 is set. A child lies at the children's place XOR its label.
/// </summary>
internal static class DoubleArray
{
    public static uint Label(uint unit) => unit & 0x800000FF;

    public static bool HasValue(uint unit) => (unit & 0x100) != 0;

    public static uint Value(uint unit) => unit & 0x7FFFFFFF;

    public static uint Children(uint slot, uint unit) => slot ^ ((unit >> 10) << (int)((unit & 0x200) >> 6));
}
