using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.Server.Sessions;

internal static class SessionExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionPolicies.Scheme, null);
        services.AddAuthorization(SessionPolicies.Add);
        return services.AddSingleton<SessionService>().AddSingleton<Antiforgery>().AddSingleton(SessionStore.Sweep);
    }
}
