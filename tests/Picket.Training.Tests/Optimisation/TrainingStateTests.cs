using Picket.Compute;
using Picket.Testing;
using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

public sealed class TrainingStateTests : IDisposable
{
    private static readonly Dictionary<string, string> s_identity = new() { ["rows"] = "abc", ["seed"] = "1" };
    private readonly ScratchFolder _folder = new();
    private readonly ComputeContext _context = new(new ComputeOptions { Threads = 1 });
    private readonly LogisticRegression _objective = new();
    private readonly AdamW _optimiser;

    public TrainingStateTests()
    {
        _optimiser = new AdamW(_objective.Parameters, new TrainingSettings(), _context);
    }

    private string Checkpoint => _folder["checkpoint.safetensors"];

    [Fact]
    public void Resume_Saved_GivesEverythingBack()
    {
        Save(steps: 3);
        Damage(_optimiser);

        TrainingState state = Create();
        state.Resume();

        Assert.Equal(3, state.Step);
        Assert.Equal([7f, 8f, 9f, 10f, 11f], _objective.Snapshot());
        Assert.Equal([0.5f], _optimiser.Mean(1).ToArray());
        Assert.Equal([0.25f], _optimiser.Variance(1).ToArray());
        Assert.Equal(double.NaN, state.Evaluations[0].Figures["auprc"]);
    }

    [Fact]
    public void Resume_NoFile_StaysAtTheStart()
    {
        TrainingState state = Create();
        state.Resume();

        Assert.Equal(0, state.Step);
    }

    [Fact]
    public void Resume_OtherIdentity_SaysWhatDiffersAndWhatToDo()
    {
        Save(steps: 3);
        TrainingState other = Create(new Dictionary<string, string> { ["rows"] = "abc", ["seed"] = "2" });

        string message = Assert.Throws<PicketException>(other.Resume).Message;

        Assert.Equal(
            $"{Checkpoint}: this checkpoint belongs to a training that differs in seed (1 there, 2 here); "
            + "train with what it began with, or remove it or choose another folder to start again",
            message);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void Resume_FileCutShort_SaysSo(double share)
    {
        Save(steps: 3);
        byte[] content = File.ReadAllBytes(Checkpoint);
        File.WriteAllBytes(Checkpoint, content[..(int)(content.Length * share)]);

        AssertDamaged();
    }

    [Fact]
    public void Resume_AnyByteOfTheDataChanged_IsRefused()
    {
        Save(steps: 3);
        byte[] content = File.ReadAllBytes(Checkpoint);
        int data = 8 + (int)BitConverter.ToUInt64(content);
        foreach (int place in Enumerable.Range(data, content.Length - data).Where(static place => place % 7 == 0))
        {
            byte[] damaged = [.. content];
            damaged[place] ^= 4;
            File.WriteAllBytes(Checkpoint, damaged);
            Assert.Throws<PicketException>(Create().Resume);
        }
    }

    [Fact]
    public void Resume_BestIsMissing_SaysSo()
    {
        Save(steps: 3);
        File.Delete(_folder["best.safetensors"]);

        AssertDamaged();
    }

    [Fact]
    public void Save_FullDisk_SaysSoAndKeepsTheCheckpointBefore()
    {
        Save(steps: 3);
        byte[] before = File.ReadAllBytes(Checkpoint);
        TrainingState state = Create(create: static path => new FullDisk(path, room: 500));

        string message = Assert.Throws<PicketException>(state.Save).Message;

        Assert.Equal($"{Checkpoint}: cannot be written: No space left on device; the one written before is untouched", message);
        Assert.Equal(before, File.ReadAllBytes(Checkpoint));
        Assert.False(File.Exists(Checkpoint + ".tmp"));
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _objective.Dispose();
        _context.Dispose();
        _folder.Dispose();
    }

    private TrainingState Create(IReadOnlyDictionary<string, string>? identity = null, Func<string, Stream>? create = null) =>
        new(_optimiser, Path.GetDirectoryName(Checkpoint)!, identity ?? s_identity, create);

    private void Save(int steps)
    {
        TrainingState state = Create();
        state.Steps.AddRange(Enumerable.Range(1, steps).Select(static step => new TrainingStep(step, 0.5, 0.1, 2, 3)));
        state.Evaluations.Add(new TrainingEvaluation(2, new Dictionary<string, double> { ["auprc"] = double.NaN }, Best: true));
        ((float[])[7, 8, 9, 10]).CopyTo(_objective.Parameters[0].Values);
        _objective.Parameters[1].Values[0] = 11;
        _optimiser.Mean(1)[0] = 0.5f;
        _optimiser.Variance(1)[0] = 0.25f;
        state.SaveBest();
        state.Save();
    }

    private void Damage(AdamW optimiser)
    {
        _objective.Parameters[0].Values.Fill(-1);
        _objective.Parameters[1].Values.Fill(-1);
        optimiser.Mean(1).Fill(-1);
        optimiser.Variance(1).Fill(-1);
    }

    private void AssertDamaged() =>
        Assert.EndsWith(
            "put a sound file in its place, or remove checkpoint.safetensors and best.safetensors to start again",
            Assert.Throws<PicketException>(Create().Resume).Message,
            StringComparison.Ordinal);

    private sealed class FullDisk(string path, int room) : FileStream(path, FileMode.Create)
    {
        private int _room = room;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _room -= buffer.Length;
            if (_room < 0)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
