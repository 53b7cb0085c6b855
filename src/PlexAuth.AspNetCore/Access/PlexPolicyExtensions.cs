using PlexAuth.AspNetCore.Access;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>
/// Policies about Plex accounts. Whatever cannot be established is refused, with the reason in the result's <c>FailureReasons</c>. All but
/// <see cref="RequirePlexAccount"/> ask the account service with the user's own token, which <c>AddPlex</c> keeps in the session (<c>SaveTokens</c>).
/// </summary>
public static class PlexPolicyExtensions
{
    /// <summary>Anybody with a Plex account who signed in with it. That is everybody: for a private service ask for more.</summary>
    public static AuthorizationPolicyBuilder RequirePlexAccount(this AuthorizationPolicyBuilder policy) => policy.Require(PlexAccessLevel.Account, null);

    /// <summary>The owner of a media server.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="machineIdentifier">Which server; null for the one in <c>PlexAccessOptions.MachineIdentifier</c>.</param>
    public static AuthorizationPolicyBuilder RequirePlexOwner(this AuthorizationPolicyBuilder policy, string? machineIdentifier = null) =>
        policy.Require(PlexAccessLevel.Owner, machineIdentifier);

    /// <summary>The owner of a media server and whoever is in the owner's Plex Home.</summary>
    /// <inheritdoc cref="RequirePlexOwner" path="/param"/>
    public static AuthorizationPolicyBuilder RequirePlexHome(this AuthorizationPolicyBuilder policy, string? machineIdentifier = null) =>
        policy.Require(PlexAccessLevel.Home, machineIdentifier);

    /// <summary>Whoever may use a media server: its owner, the Home, friends it is shared with.</summary>
    /// <inheritdoc cref="RequirePlexOwner" path="/param"/>
    public static AuthorizationPolicyBuilder RequirePlexServerAccess(this AuthorizationPolicyBuilder policy, string? machineIdentifier = null) =>
        policy.Require(PlexAccessLevel.Server, machineIdentifier);

    private static AuthorizationPolicyBuilder Require(this AuthorizationPolicyBuilder policy, PlexAccessLevel level, string? machineIdentifier)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (machineIdentifier is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(machineIdentifier);

        return policy.RequireAuthenticatedUser().AddRequirements(new PlexAccessRequirement(level, machineIdentifier));
    }
}
