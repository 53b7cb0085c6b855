using Microsoft.AspNetCore.Authorization;

namespace PlexAuth.Server.Sessions;

/// <summary>Which sessions open a route of the pages' API.</summary>
internal static class SessionPolicies
{
    public const string Scheme = "PlexAuthSession";

    public const string SignedIn = "PlexAuthSignedIn";

    /// <summary>The owner of this process's media server, who is the administrator.</summary>
    public const string Owner = "PlexAuthOwner";

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
        options.AddPolicy(Owner, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Identities.OfType<SessionIdentity>().Any(identity => identity.Session.IsOwner)));
    }
}
