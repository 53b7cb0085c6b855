using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Http.Access;

namespace PlexAuth.Server.Sessions;

internal static class SessionExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services) =>
        services.AddSingleton<SessionService>().AddSingleton<IGate<SessionRequirement>, SessionGate>().AddSingleton<Antiforgery>().AddSingleton(SessionStore.Sweep);
}
