using System.Runtime.CompilerServices;
using System.Security.Claims;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

/// <summary>Validates tokens against this server's own store.</summary>
internal sealed class StoredTokenValidator(TokenValidator tokens) : PlexTokenValidator
{
    private static readonly ConditionalWeakTable<TokenGrant, ClaimsPrincipal> Principals = [];

    public override async ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken) =>
        await tokens.ValidateAsync(token.Reveal(), cancellationToken) is { } grant
            ? PlexTokenValidation.Valid(Principals.GetValue(grant, static found => new ClaimsPrincipal(new GrantIdentity(found))))
            : PlexTokenValidation.Invalid;
}
