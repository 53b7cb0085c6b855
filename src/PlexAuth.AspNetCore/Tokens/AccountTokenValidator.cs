using System.Security.Claims;

namespace PlexAuth.AspNetCore;

/// <summary>Asks the account service whose token it is, and remembers.</summary>
internal sealed class AccountTokenValidator(string scheme, PlexTokenOptions options, TimeProvider time) : PlexTokenValidator
{
    private readonly PlexAnswerCache<ClaimsPrincipal> _cache = new(options.Cache, time);

    public override async ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken) =>
        await _cache.GetAsync(token, ask => AskAsync(token, ask), cancellationToken) is { } principal
            ? PlexTokenValidation.Valid(principal.Clone())
            : PlexTokenValidation.Invalid;

    private async Task<ClaimsPrincipal> AskAsync(PlexToken token, CancellationToken cancellationToken)
    {
        var account = await options.Service!.Value.GetAccountAsync(token, cancellationToken);
        var identity = new ClaimsIdentity(scheme);
        options.ClaimActions.Run(account, identity, options.ClaimsIssuer ?? scheme);
        return new ClaimsPrincipal(identity);
    }
}
