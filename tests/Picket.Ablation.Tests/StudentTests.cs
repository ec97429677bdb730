namespace Picket.Ablation.Tests;

public sealed class StudentTests
{
    [Theory]
    [InlineData(6, 4000, 4000, 6)]
    [InlineData(6, 2000, 4000, 12)]
    [InlineData(1, 3900, 2000, 1)]
    public void Passes_SmallerArm_MakesAsManyUpdates(int epochs, int rows, int largest, int expected) =>
        Assert.Equal(expected, NGramStudent.Passes(epochs, rows, largest));

    [Fact]
    public void Faults_ValuesOutOfRange_AreAllNamed() =>
        Assert.Equal(
            ["--seeds: expected different ones, found none or one twice", "--order: expected 1 to 10, found 0"],
            new AblationSettings { Seeds = [3, 3], Order = 0 }.Faults());
}
