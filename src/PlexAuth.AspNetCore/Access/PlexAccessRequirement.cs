using Microsoft.AspNetCore.Authorization;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore.Access;

/// <summary>One of the Plex policies.</summary>
/// <param name="Level">What is asked.</param>
/// <param name="MachineIdentifier">Of which server; null for the one in <see cref="PlexAccessOptions"/>.</param>
internal sealed record PlexAccessRequirement(PlexAccessLevel Level, string? MachineIdentifier) : IAuthorizationRequirement
{
    public bool IsMetBy(AccountServer server) => Level switch
    {
        PlexAccessLevel.Server => true,
        PlexAccessLevel.Home => server.Owned || server.Home,
        PlexAccessLevel.Owner => server.Owned,
        _ => false,
    };
}
