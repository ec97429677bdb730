namespace Picket.Server;

/// <summary>Everything the server logs. No message takes a text of a request.</summary>
internal static partial class Journal
{
    [LoggerMessage(1, LogLevel.Information, "{Guards}, policies {Version}, {Routes} routes passed the canary")]
    public static partial void Ready(ILogger log, string guards, string version, int routes);

    [LoggerMessage(2, LogLevel.Information, "listening on {Address}")]
    public static partial void Listening(ILogger log, string address);

    [LoggerMessage(3, LogLevel.Information, "stopping, requests that run may end")]
    public static partial void Stopping(ILogger log);

    [LoggerMessage(4, LogLevel.Warning, "route {Route} is in shadow mode: it reports and does not block (policy {Policy})")]
    public static partial void Shadow(ILogger log, string route, string policy);

    [LoggerMessage(5, LogLevel.Warning, "route {Route} is off")]
    public static partial void Off(ILogger log, string route);

    [LoggerMessage(10, LogLevel.Debug, "{Route} {Status} key {Key} {Milliseconds} ms")]
    public static partial void Answered(ILogger log, string route, int status, string? key, double milliseconds);

    [LoggerMessage(11, LogLevel.Warning, "{Route}: {Count} of {Inputs} verdicts without the large guard ({Mode}), policy {Policy}")]
    public static partial void Bypassed(ILogger log, string route, int count, int inputs, LargeGuardFailure mode, string policy);

    [LoggerMessage(12, LogLevel.Error, "{Route}: {Fault}")]
    public static partial void GuardFailed(ILogger log, string route, string fault);

    [LoggerMessage(13, LogLevel.Error, "{Route}: unexpected {Fault} {Trace}")]
    public static partial void Unexpected(ILogger log, string route, string fault, string? trace);

    [LoggerMessage(14, LogLevel.Warning, "{Route}: {Count} texts went through unjudged because a guard failed, policy {Policy} in shadow mode")]
    public static partial void Unjudged(ILogger log, string route, int count, string policy);

    [LoggerMessage(20, LogLevel.Information, "policies {Version} in force, before {Before}")]
    public static partial void PoliciesInForce(ILogger log, string version, string before);

    [LoggerMessage(21, LogLevel.Error, "new configuration refused, policies {Version} stay in force: {Fault}")]
    public static partial void ReloadRefused(ILogger log, string version, string fault);

    [LoggerMessage(22, LogLevel.Warning, "the configuration changed beyond Policies and Routes: that needs a restart")]
    public static partial void RestartNeeded(ILogger log);
}
