using System.Globalization;

namespace Picket.Training.Tests.Labelling;

/// <summary>Takes the prompt for the probability, in a way that depends on the batch, as a transformer's last bits do.</summary>
internal sealed class TextTeacher : IGuard
{
    private int _calls;

    /// <summary>The call that fails, from 1; 0 for none.</summary>
    public int FailingCall { get; init; }

    public Func<int, Task> Before { get; init; } = static _ => Task.CompletedTask;

    public int Scored { get; private set; }

    public GuardDescription Description { get; init; } = new("text", "fake");

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(
        IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        int call = Interlocked.Increment(ref _calls);
        await Before(call);
        cancellationToken.ThrowIfCancellationRequested();
        if (call == FailingCall)
        {
            throw new PicketException("the teacher has gone");
        }

        lock (this)
        {
            Scored += inputs.Count;
        }

        return [.. inputs.Select(input => new GuardScore(double.Parse(input.Prompt, CultureInfo.InvariantCulture) + (inputs.Count * 1e-9)))];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
