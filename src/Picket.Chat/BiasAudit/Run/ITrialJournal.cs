namespace Picket.Chat;

/// <summary>Keeps what was answered, so that an audit which was killed goes on where it was. Safe to call from several threads.</summary>
public interface ITrialJournal
{
    /// <summary>What came of the trial of a number before; <see langword="null"/> where nothing did.</summary>
    TrialAnswer? Find(int number);

    /// <summary>Adds what came of a trial; on return it outlives the process.</summary>
    void Append(TrialAnswer answer);
}
