using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Http;

namespace PlexAuth.Server.Health;

/// <summary>For orchestrators: live while the process answers, ready while it can also write.</summary>
internal static class HealthEndpoints
{
    private const string Ready = "plexauth-ready";

    public static void AddPlexHealth(this IServiceCollection services) =>
        services.AddSingleton<DatabaseProbe>().AddHealthChecks().AddCheck<DatabaseProbe>("plexauth-database", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().KeptApart();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous().KeptApart();
    }
}
