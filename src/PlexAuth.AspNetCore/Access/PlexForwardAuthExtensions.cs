using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore;
using PlexAuth.AspNetCore.Access;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets a reverse proxy ask this application whom to let through.</summary>
public static class PlexForwardAuthExtensions
{
    /// <summary>
    /// Maps <c>{prefix}/check</c>, for nginx's <c>auth_request</c>, Traefik's <c>forwardAuth</c> and Caddy's <c>forward_auth</c>, and <c>{prefix}/sign-in</c>, where
    /// browsers sign in and return. Sessions reach the guarded hosts only if the cookie is set for their common domain.
    /// </summary>
    /// <param name="app">The application's routes.</param>
    /// <param name="prefix">Such as <c>/plex-auth</c>.</param>
    /// <param name="policy">The policy that a request must pass.</param>
    /// <param name="configure">Where browsers may return to, above all.</param>
    /// <returns>To add conventions to both routes; they are open to all, because they decide for themselves.</returns>
    /// <exception cref="InvalidOperationException">The policy is not registered.</exception>
    public static IEndpointConventionBuilder MapPlexForwardAuth(
        this IEndpointRouteBuilder app, string prefix, string policy, Action<PlexForwardAuthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentException.ThrowIfNullOrEmpty(policy);
        var options = new PlexForwardAuthOptions();
        configure?.Invoke(options);

        var rules = app.ServiceProvider.GetRequiredService<IOptions<AuthorizationOptions>>().Value.GetPolicy(policy)
            ?? throw new InvalidOperationException($"MapPlexForwardAuth names the policy '{policy}', which AddAuthorization does not register.");
        var path = "/" + prefix.Trim('/');
        var forwardAuth = new ForwardAuth(rules, path + "/sign-in", options);
        var group = app.MapGroup(path).AllowAnonymous();
        group.Map("/check", forwardAuth.CheckAsync);
        group.MapGet("/sign-in", forwardAuth.SignInAsync);
        return group;
    }
}
