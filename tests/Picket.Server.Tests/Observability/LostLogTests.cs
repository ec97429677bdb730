using Microsoft.Extensions.Logging;

namespace Picket.Server.Tests;

public sealed class LostLogTests
{
    private const string FullDisk = "/dev/full";

    [Fact]
    public async Task Post_DiskFullForLogs_IsAnsweredAndTheLostLinesAreCounted()
    {
        Assert.SkipUnless(File.Exists(FullDisk), $"needs {FullDisk}, which Linux has");
        using var disk = new FullDiskLog();
        var logs = new LogSink();
        ServerSetup setup = RunningServer.Setup(new WordGuard(), null, [("Logging:LogLevel:Default", "Trace")], logs) with
        {
            Logging = logging => logging.AddProvider(disk),
        };
        await using RunningServer server = await RunningServer.StartAsync(setup, logs);

        await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"bad"}]}""");
        await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"fine"}]}""");

        Assert.Matches("\npicket_log_lost_total [1-9]", await server.GetAsync("/metrics"));
    }

    private sealed class FullDiskLog : ILoggerProvider, ILogger
    {
        private readonly FileStream _file = new(FullDisk, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _file.Write("line\n"u8);

        public void Dispose() => _file.Dispose();
    }
}
