using System.Security.Claims;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>
/// Validates tokens by what the account service says they open here. An answer serves for a second, so that who was shut out there is shut out here; while the
/// account service cannot answer, its last word holds for an hour.
/// </summary>
internal sealed class RemoteTokenValidator(
    AccountServiceLink accounts, TransientTokens transients, TransientParents parents, TokenCache cache, OwnServer own, TimeProvider time) : PlexTokenValidator
{
    private readonly PlexAnswerCache<ClaimsPrincipal> _answers = new(new PlexCacheOptions { Lifetime = TimeSpan.FromSeconds(1), OutageGrace = TimeSpan.FromHours(1) }, time);

    public override async ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken)
    {
        var principal = TransientTokens.IsTransient(token.Reveal()) ? await FindTransientAsync(token, cancellationToken) : await AskAsync(token, cancellationToken);
        if (principal?.FindGrant() is not { } grant)
            return PlexTokenValidation.Invalid;

        // For the pace of calls, which counts a good token by itself.
        var hash = TokenHash.Of(token.Reveal());
        if (cache.Find(hash) is null)
            cache.Keep(hash, grant, cache.Revocations);
        return PlexTokenValidation.Valid(principal);
    }

    private ValueTask<ClaimsPrincipal?> AskAsync(PlexToken token, CancellationToken cancellationToken) => _answers.GetAsync(
        token, async asking => new ClaimsPrincipal(new GrantIdentity(await accounts.DescribeAsync(token, asking))), cancellationToken);

    /// <summary>It is worth what its parent is worth at this moment.</summary>
    private async Task<ClaimsPrincipal?> FindTransientAsync(PlexToken token, CancellationToken cancellationToken)
    {
        if (await transients.ReadAsync(token.Reveal(), own.MachineIdentifier, cancellationToken) is not { } claims || parents.Find(claims.ParentId) is not { } parentToken)
            return null;
        if ((await AskAsync(parentToken, cancellationToken))?.FindGrant() is not { } parent)
        {
            parents.Forget(claims.ParentId);
            return null;
        }

        return new ClaimsPrincipal(new GrantIdentity(
            parent with { Kind = PlexTokenKind.Transient, ParentKind = parent.Kind, ExpiresAt = claims.ExpiresAt, MachineIdentifier = own.MachineIdentifier }));
    }
}
