using System.Runtime.CompilerServices;
using Picket.Compute.Simd;

namespace Picket.Compute.Products;

/// <summary>Where a tile reads two vectors of a panel's columns from, step by step along the depth.</summary>
internal interface IColumns<TVector>
    where TVector : struct
{
    /// <summary>The vectors of this step; the next call reads those of the next step.</summary>
    void Read(out TVector first, out TVector second);
}

/// <summary>Columns of a panel of floats.</summary>
internal struct FloatColumns<TLanes, TVector>(Pointer<float> source) : IColumns<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private Pointer<float> _source = source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(out TVector first, out TVector second)
    {
        first = TLanes.Load(_source, 0);
        second = TLanes.Load(_source, TLanes.Count);
        _source += Panels.Width;
    }
}

/// <summary>Columns of a panel of halves, which it leaves as floats in <paramref name="target"/> for the tiles that follow.</summary>
internal struct HalfColumns<TLanes, TVector>(Pointer<ushort> source, Pointer<float> target) : IColumns<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private Pointer<ushort> _source = source;
    private Pointer<float> _target = target;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(out TVector first, out TVector second)
    {
        (first, second) = TLanes.LoadHalves(_source, 0);
        TLanes.Store(first, _target, 0);
        TLanes.Store(second, _target, TLanes.Count);
        _source += Panels.Width;
        _target += Panels.Width;
    }
}
