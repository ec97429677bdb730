namespace Picket.Models.Tokenization;

/// <summary>Truncation of a pair that cuts the longer text first, by both of Hugging Face's rules.</summary>
internal static class LongestFirst
{
    /// <summary>The Python rule: one token at a time from the longer text, from the second where they are equal.</summary>
    public static (int First, int Second) Slow(int first, int second, int room)
    {
        int half = room / 2;
        return first <= room - half ? (first, room - first) : second <= half ? (room - second, second) : (room - half, half);
    }

    /// <summary>The Rust rule: an odd token falls to the longer text, to the second where they are equal.</summary>
    public static (int First, int Second) Fast(int first, int second, int room)
    {
        if ((long)first + second <= room)
        {
            return (first, second);
        }

        bool isFirstLonger = first > second;
        int shorter = Math.Min(first, second);
        int longer = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if ((long)shorter + longer > room)
        {
            shorter = room / 2;
            longer = room - shorter;
        }

        return isFirstLonger ? (longer, shorter) : (shorter, longer);
    }
}
