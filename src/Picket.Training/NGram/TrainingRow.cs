using System.Numerics;
using Picket.Data;
using Picket.Models.NGram;
using Picket.Text;

namespace Picket.Training.NGram;

/// <summary>An example as the network sees it: the dampened buckets of each field, in ascending order.</summary>
/// <param name="Prompt">Buckets of the prompt.</param>
/// <param name="Response">Buckets of the response; <see langword="null"/> when the prompt is judged.</param>
/// <param name="Unsafe">The label.</param>
internal sealed record TrainingRow(int[] Prompt, int[]? Response, bool Unsafe)
{
    /// <summary>
    /// Hashes the first window of each field: a label describes a text as a whole, and a later window of a long text is more often off it.
    /// Buckets are sorted so that an update can be divided among threads by bucket.
    /// </summary>
    public static TrainingRow From(Example example, TextNormaliser normaliser, NGramShape shape)
    {
        return new TrainingRow(
            Buckets(example.Prompt),
            example.Response is null ? null : Buckets(example.Response),
            example.Unsafe == true);

        int[] Buckets(string text)
        {
            string normalised = normaliser.Normalise(text);
            ReadOnlySpan<char> window = normalised;
            foreach (Range range in new TextWindows(normalised, shape.WindowChars, shape.OverlapChars))
            {
                window = window[range];
                break;
            }

            int[] buckets = new int[NGramFeatures.MaxCount(shape, window.Length)];
            int count = NGramFeatures.Extract(window, shape, buckets, out _);
            count = NGramFeatures.Dampen(buckets.AsSpan(0, count), new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 2))]);
            Array.Sort(buckets, 0, count);
            return buckets[..count];
        }
    }
}
