namespace Picket.Cli;

/// <summary>A bar of things that are done one by one.</summary>
internal sealed class CountBar(ProgressLine line, int total, string what) : IProgress<int>
{
    public void Report(int value) => line.Draw((double)value / total, $"{value:N0} of {total:N0} {what}");
}
