using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Http;

/// <summary>Puts <see cref="FrontDoor"/> before the routing that a WebApplication adds by itself.</summary>
internal sealed class FrontDoorFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<FrontDoor>();
        next(app);
    };
}

/// <summary>The services that the application mapped; paths of the others stay the application's own.</summary>
internal sealed class MappedRoles
{
    private readonly HashSet<PlexRole> _roles = [];

    /// <summary>The application is nothing else, so paths of nobody are answered too.</summary>
    public bool AnswersUnknownPaths { get; set; }

    public void Add(PlexRole role) => _roles.Add(role);

    public bool Contains(PlexRole role) => _roles.Contains(role);
}
