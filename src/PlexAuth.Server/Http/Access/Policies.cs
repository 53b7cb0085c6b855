using Microsoft.AspNetCore.Authorization;
using PlexAuth.AspNetCore;
using PlexAuth.Server.MediaServer;

namespace PlexAuth.Server.Http.Access;

/// <summary>Which tokens open a route. Every route names one of these or is open to all by name.</summary>
internal static class Policies
{
    /// <summary>A device's token for a whole account: the account service knows no other.</summary>
    public const string Account = "PlexAccount";

    /// <summary>As <see cref="Account"/>, of the account that owns this process's media server, which is the administrator.</summary>
    public const string Administrator = "PlexAdministrator";

    /// <summary>A device's token for a whole account, or one for a single server, which then is all that the answer is about.</summary>
    public const string AccountOrServerToken = "PlexAccountOrServerToken";

    /// <summary>Any token of somebody who has access to this process's media server.</summary>
    public const string Server = "PlexServer";

    /// <summary>A token of the media server's owner, or a transient one made from it.</summary>
    public const string ServerOwner = "PlexServerOwner";

    /// <summary>The token that a claim gave a media server, to report where it is.</summary>
    public const string RegisteredServer = "PlexRegisteredServer";

    public static void Add(AuthorizationOptions options)
    {
        Add(options, RegisteredServer, new TokenRequirement(ForServer: false, ServerAccess.None) { OfServerItself = true });
        Add(options, Account, new TokenRequirement(ForServer: false, ServerAccess.None));
        Add(options, Administrator, new TokenRequirement(ForServer: false, ServerAccess.Owner));
        Add(options, AccountOrServerToken, new TokenRequirement(ForServer: false, ServerAccess.None) { OrForOneServer = true });
        Add(options, Server, new TokenRequirement(ForServer: true, ServerAccess.Shared));
        Add(options, ServerOwner, new TokenRequirement(ForServer: true, ServerAccess.Owner));
    }

    private static void Add(AuthorizationOptions options, string name, TokenRequirement requirement) =>
        options.AddPolicy(name, policy => policy.AddAuthenticationSchemes(PlexTokenDefaults.AuthenticationScheme).AddRequirements(requirement));
}
