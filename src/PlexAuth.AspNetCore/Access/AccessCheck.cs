using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore.Access;

/// <summary>Decides what an account may do by what the account service tells that account.</summary>
internal sealed partial class AccessCheck(IOptions<PlexAccessOptions> options, TokenSources tokens, ILogger<AccessCheck> logger, TimeProvider? time = null)
{
    private readonly PlexAnswerCache<IReadOnlyList<AccountServer>> _servers = new(options.Value.Cache, time ?? TimeProvider.System);

    /// <summary>The reason to refuse, fit to be shown; null to let in.</summary>
    public async Task<string?> RefuseAsync(ClaimsPrincipal user, PlexAccessRequirement requirement, HttpContext? http)
    {
        if (requirement.Level == PlexAccessLevel.Account)
            return user.HasClaim(claim => claim.Type is PlexClaimTypes.Id) ? null : "This needs a sign-in with a Plex account.";

        if ((requirement.MachineIdentifier ?? options.Value.MachineIdentifier) is not { } machineIdentifier)
            throw new InvalidOperationException("This policy names no media server. Give it a machine identifier, or set AddPlexAccess(o => o.MachineIdentifier = …).");

        if (http is null || await tokens.FindAsync(user, http) is not var (token, service))
            return "This needs a sign-in with a Plex account whose token was kept (SaveTokens). Sign in again.";

        try
        {
            var servers = await _servers.GetAsync(token, asking => service.ListServersAsync(token, asking), http.RequestAborted);
            return servers is null ? "Plex no longer accepts this sign-in. Sign in again." : Refuse(servers, machineIdentifier, requirement);
        }
        catch (PlexException e)
        {
            LogNotEstablished(logger, e.GetType().Name);
            return "Access could not be checked because the account service does not answer. Try again later.";
        }
    }

    private static string? Refuse(IReadOnlyList<AccountServer> servers, string machineIdentifier, PlexAccessRequirement requirement)
    {
        if (servers.FirstOrDefault(server => string.Equals(server.MachineIdentifier, machineIdentifier, StringComparison.OrdinalIgnoreCase)) is not { } server)
            return "This Plex account has no access to the media server.";

        return requirement switch
        {
            _ when requirement.IsMetBy(server) => null,
            { Level: PlexAccessLevel.Owner } => "This is for the owner of the media server.",
            _ => "This is for the Plex Home of the media server's owner.",
        };
    }

    [LoggerMessage(2100, LogLevel.Debug, "Access to a media server could not be checked and is refused: {Failure}")]
    private static partial void LogNotEstablished(ILogger logger, string failure);
}
