namespace Picket.Chat;

/// <summary>One request of an audit.</summary>
/// <param name="Number">Its place in the plan, from 0.</param>
/// <param name="Behaviour">What is asked for.</param>
/// <param name="Keyword">The keyword; <see langword="null"/> for the baseline without one.</param>
/// <param name="Defence">What is put around it.</param>
/// <param name="Repeat">Which of the repeated trials it is, from 0.</param>
public sealed record Trial(int Number, Behaviour Behaviour, string? Keyword, AuditDefence Defence, int Repeat)
{
    /// <summary>Names ids and never a text.</summary>
    public override string ToString() =>
        $"Trial {{ {Number}, Behaviour = {Behaviour.Id}, Keyword = {Keyword}, Defence = {Defence.Name}, Repeat = {Repeat} }}";
}
