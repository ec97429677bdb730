using System.Diagnostics.CodeAnalysis;

namespace Picket.Server;

/// <summary>
/// Loggers that never fail who logs: a line that cannot be written, for the disk is full, is counted as lost, and the request goes on. The
/// loggers of Microsoft.Extensions.Logging hand the exceptions of their providers to the caller.
/// </summary>
internal sealed class SteadyLoggerFactory(ILoggerFactory inner, ServerMetrics metrics) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName), metrics);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is, it is not the request's.")]
    private sealed class Logger(ILogger inner, ServerMetrics metrics) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            try
            {
                return inner.BeginScope(state);
            }
            catch (Exception)
            {
                return null;
            }
        }

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            try
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
            catch (Exception)
            {
                metrics.LogLost();
            }
        }
    }
}
