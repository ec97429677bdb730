using Picket.Training.Blending;

namespace Picket.Cli;

/// <summary>Shows on a terminal how far the members of a blend have scored.</summary>
internal sealed class BlendBar(StandardStreams streams) : IProgress<BlendProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams);

    public void Report(BlendProgress value) => _line.Draw(
        (value.Place + ((double)value.Rows / value.Total)) / value.Members, $"{value.Member}: {value.Rows:N0} of {value.Total:N0} rows");

    public void Dispose() => _line.Dispose();
}
