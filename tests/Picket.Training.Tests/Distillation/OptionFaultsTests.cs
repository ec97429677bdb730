using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.Optimisation;
using Picket.Training.Pretraining;

namespace Picket.Training.Tests.Distillation;

public sealed class OptionFaultsTests
{
    private static readonly StudentOptions Folder = new() { From = "folder" };

    [Fact]
    public void Faults_Defaults_AskForAStudentAlone()
    {
        Assert.Equal(["student.from"], new DistilOptions().Faults().Select(static fault => fault.Key));
        Assert.Empty(new DistilOptions { Student = Folder }.Faults());
        Assert.Empty(new PretrainOptions { Student = Folder }.Faults());
    }

    [Fact]
    public void Faults_OfEveryPart_AreToldTogether()
    {
        var options = new DistilOptions
        {
            Lambda = 2,
            KeepBest = "luck",
            Student = Folder with { MaxTokens = 7, HiddenDropout = float.NaN },
            Training = new TrainingSettings { Epochs = 0, LearningRate = 0, BatchSize = 4, ChunkSize = 5 },
        };

        Assert.Equal(
            ["lambda", "keep_best", "student.max_tokens", "student.hidden_dropout", "training.epochs", "training.chunk_size", "training.learning_rate"],
            options.Faults().Select(static fault => fault.Key));
    }

    [Fact]
    public void Validate_Faults_AreOneLine()
    {
        PicketException fault = Assert.Throws<PicketException>(new PretrainOptions { Student = Folder, MaskedShare = 1, RowTokens = 7 }.Validate);

        Assert.Equal("masked_share: expected above 0 to 0.9, found 1; row_tokens: expected 16 to 65536, found 7", fault.Message);
    }
}
