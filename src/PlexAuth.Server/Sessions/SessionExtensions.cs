using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.Server.Sessions;

internal static class SessionExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services) =>
        services.AddSingleton<SessionService>().AddSingleton<SessionGate>().AddSingleton<Antiforgery>().AddSingleton(SessionStore.Sweep);
}
