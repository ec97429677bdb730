namespace Picket.Cli.Tests.Pipeline;

public sealed class PipelineResumeTests : IAsyncDisposable
{
    private readonly PipelineFolder _folder = new();
    private int _moments;

    // A moment is a request to a server, an update of the student, or a file that takes its name.
    [Fact]
    public async Task Pipeline_InterruptedAtRandomMoments_GivesTheUndisturbedResults()
    {
        int all = await InterruptAsync(int.MaxValue, whole: true);
        string expected = _folder.ResultsOf("whole");
        _folder.Recipe = _folder.Write("cut");
        var random = new Random(3);

        for (int kill = 0; kill < 2 * KilledProgram.Kills; kill++)
        {
            await InterruptAsync(random.Next(1, all / 3), whole: false);
        }

        Assert.Equal(0, (await _folder.RunAsync()).Status);
        Assert.Equal(expected, _folder.ResultsOf("cut"));
    }

    [Fact]
    public async Task Pipeline_KilledAtRandomMoments_GivesTheUndisturbedResults()
    {
        int all = await KillAsync("whole", int.MaxValue);
        string expected = _folder.ResultsOf("whole");
        _folder.Recipe = _folder.Write("killed");
        var random = new Random(5);

        for (int kill = 0; kill < KilledProgram.Kills; kill++)
        {
            // From the first request to the report; a run that came to its end begins anew.
            await KillAsync("killed", random.Next(1, all));
            if (File.Exists(_folder.At("killed/report.json")))
            {
                Assert.Equal(expected, _folder.ResultsOf("killed"));
                Directory.Delete(_folder.At("killed"), recursive: true);
            }
        }

        await KillAsync("killed", int.MaxValue);
        Assert.Equal(expected, _folder.ResultsOf("killed"));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private async Task<int> InterruptAsync(int fatal, bool whole)
    {
        using var caller = new CancellationTokenSource();
        _moments = 0;
        _folder.Server.OnRequest = request => Moment(fatal, () => _ = caller.CancelAsync());
        _folder.OnUpdate = () => Moment(fatal, caller.Cancel);
        CliResult run = await _folder.RunAsync(caller.Token);
        _folder.Server.OnRequest = null;
        _folder.OnUpdate = null;
        Assert.True(run.Status == 0 || (!whole && run.Status == 130), run.Error);
        return _moments;
    }

    private async Task<int> KillAsync(string folder, int fatal)
    {
        _moments = 0;
        Directory.CreateDirectory(_folder.At(folder));
        using var files = new FileSystemWatcher(_folder.At(folder)) { IncludeSubdirectories = true };
        Action end = static () => { };
        _folder.Server.OnRequest = _ => Moment(fatal, end);
        files.Renamed += (_, _) => Moment(fatal, end);
        files.EnableRaisingEvents = true;
        int status = await KilledProgram.RunAsync(["pipeline", _folder.Recipe], kill => end = () => KilledProgram.When(true, kill));
        files.EnableRaisingEvents = false;
        _folder.Server.OnRequest = null;
        Assert.True(status == 0 || fatal != int.MaxValue, $"{status}");
        return _moments;
    }

    private void Moment(int fatal, Action end)
    {
        if (Interlocked.Increment(ref _moments) == fatal)
        {
            end();
        }
    }
}
