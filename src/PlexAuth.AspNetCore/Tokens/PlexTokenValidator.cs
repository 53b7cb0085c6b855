using System.Security.Claims;

namespace PlexAuth.AspNetCore;

/// <summary>Decides whether a token is valid and whom it stands for. Registered once; called for many requests at once.</summary>
public abstract class PlexTokenValidator
{
    /// <summary>Looks a token up.</summary>
    /// <param name="token">As received; never to be logged.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <returns><see cref="PlexTokenValidation.Invalid"/> for a token that is unknown, expired or revoked: the caller is told to throw it away.</returns>
    /// <remarks>Where validity cannot be established, say because the account service is unreachable, throw: a 401 would make clients discard a good token.</remarks>
    public abstract ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken);
}

/// <summary>The answer of a <see cref="PlexTokenValidator"/>.</summary>
public readonly record struct PlexTokenValidation
{
    private PlexTokenValidation(ClaimsPrincipal principal) => Principal = principal;

    /// <summary>Whom the token stands for; null if it is not valid.</summary>
    public ClaimsPrincipal? Principal { get; }

    /// <summary>The token is not, or no longer, valid.</summary>
    public static PlexTokenValidation Invalid { get; }

    /// <summary>The token is valid.</summary>
    /// <param name="principal">
    /// The application may add to it, as a claims transformation does: give each request one of its own, say a <see cref="ClaimsPrincipal.Clone"/> of one that is kept.
    /// </param>
    public static PlexTokenValidation Valid(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return new PlexTokenValidation(principal);
    }
}
