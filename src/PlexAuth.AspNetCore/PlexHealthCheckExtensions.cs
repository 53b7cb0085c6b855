using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlexAuth.AspNetCore.Access;
using PlexAuth.AspNetCore.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of the account service.</summary>
public static class PlexHealthCheckExtensions
{
    /// <summary>Tells whether the account service answered the application's latest question; it is not asked anew.</summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">What the check is called.</param>
    /// <param name="failureStatus">What an outage makes of the application. Whoever is signed in stays so, so the application is degraded, not unhealthy, by default.</param>
    /// <param name="tags">To choose checks by.</param>
    public static IHealthChecksBuilder AddPlexAccountService(
        this IHealthChecksBuilder builder, string name = "plex-account-service", HealthStatus failureStatus = HealthStatus.Degraded, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddPlexAccessChecks();
        return builder.Add(new HealthCheckRegistration(name, services => services.GetRequiredService<AccountServiceHealth>(), failureStatus, tags));
    }
}
