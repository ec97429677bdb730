namespace Picket.Compute.Simd;

/// <summary>
/// Float vectors of one width. A kernel is written once over this and compiled once for each width: the implementations are empty structs, so
/// that the compiler sees the plain vector operations.
/// </summary>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(Pointer<float> source, nint offset);

    static abstract void Store(TVector value, Pointer<float> target, nint offset);

    static abstract TVector Broadcast(float value);

    /// <summary>Two vectors of finite 16-bit floats, exactly, subnormal ones too.</summary>
    static abstract (TVector Low, TVector High) LoadHalves(Pointer<ushort> source, nint offset);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector SquareRoot(TVector value);

    /// <summary>left * right + addend; rounded once where the machine has that in one instruction.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The right one where either is no number.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The right one where either is no number.</summary>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>Zero where left is less than right, otherwise value.</summary>
    static abstract TVector ZeroWhereLess(TVector left, TVector right, TVector value);

    /// <summary>2^n of an integer n from -126 to 127, given as n + <see cref="Floats.RoundingBias"/>.</summary>
    static abstract TVector PowerOfTwo(TVector biased);

    /// <summary>The sum of a vector's elements.</summary>
    static abstract float Sum(TVector value);

    /// <summary>The largest of a vector's elements.</summary>
    static abstract float Largest(TVector value);
}
