using Picket.Models.NGram;
using Picket.Training.NGram;

namespace Picket.Training.Tests.NGram;

public sealed class NGramTrainingStateTests
{
    [Theory]
    [InlineData(0.02, new[] { 0.5, 0.8, 0.79, 0.7 }, 3)]
    [InlineData(0, new[] { 0.5, 0.8, 0.79, 0.7 }, 2)]
    [InlineData(0, new[] { 0.5, 0.8, 0.8, 0.7 }, 3)]
    [InlineData(0.025, new[] { 0.8, 0.79, 0.78, 0.77 }, 3)]
    public void FinishEpoch_Auprcs_KeepsTheLastWithinTheToleranceOfTheBest(double tolerance, double[] auprcs, int kept)
    {
        var shape = new NGramShape { BucketBits = 10, Dimension = 8, Hidden = 8 };
        var state = new NGramTrainingState(new NGramParameters(shape, new float[1024], seed: 1));
        for (int epoch = 1; epoch <= auprcs.Length; epoch++)
        {
            state.Parameters.Embeddings[0] = epoch;
            state.Parameters.Dense[0] = -epoch;
            state.FinishEpoch(loss: 1, auprcs[epoch - 1], tolerance);
        }

        Assert.Equal(kept, state.KeptEpoch);
        Assert.Equal(kept, state.Kept.Embeddings[0]);
        Assert.Equal(-kept, state.Kept.Dense[0]);
    }
}
