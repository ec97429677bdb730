using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Picket.Server;

/// <summary>Whether the cascade gives verdicts: unhealthy when it fails, degraded when its large guard does.</summary>
internal sealed class CascadeHealthCheck(GuardCascade cascade) : IHealthCheck
{
    private static readonly GuardInput Harmless = new("What is the capital of France?");

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Any failure is the finding.")]
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            Verdict verdict = (await cascade.CheckAsync([Harmless], cancellationToken))[0];
            return verdict.Degraded ? HealthCheckResult.Degraded("the large guard gave no answer") : HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, fault.GetType().Name);
        }
    }
}
