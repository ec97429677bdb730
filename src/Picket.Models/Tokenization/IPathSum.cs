namespace Picket.Models.Tokenization;

/// <summary>How a path's sum of scores is stored.</summary>
internal interface IPathSum
{
    static abstract double Round(double sum);
}

/// <summary>In float, as sentencepiece does.</summary>
internal readonly struct FloatSum : IPathSum
{
    public static double Round(double sum) => (float)sum;
}

/// <summary>In double, as Hugging Face's library does.</summary>
internal readonly struct DoubleSum : IPathSum
{
    public static double Round(double sum) => sum;
}
