namespace Picket.Load;

/// <summary>A line of the table in docs/serving.md.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Command">By which measurement.</param>
/// <param name="Wanted">What is asked for.</param>
/// <param name="Measured">What was found.</param>
/// <param name="IsMet">Whether that is enough.</param>
internal sealed record Bar(string What, string Command, string Wanted, string Measured, bool IsMet)
{
    public const string Head = "| what | command | bar | measured |\n| --- | --- | --- | --- |";

    public override string ToString() => $"| {What} | `{Command}` | {Wanted} | {Measured}{(IsMet ? "" : " (missed)")} |";
}
