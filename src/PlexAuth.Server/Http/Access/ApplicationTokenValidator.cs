using PlexAuth.AspNetCore;

namespace PlexAuth.Server.Http.Access;

/// <summary>Validates tokens for the application around this server, which may add to a caller; what the server itself knows of callers is shared by requests.</summary>
internal sealed class ApplicationTokenValidator(PlexTokenValidator own) : PlexTokenValidator
{
    public override async ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken) =>
        (await own.ValidateAsync(token, cancellationToken)).Principal is { } caller ? PlexTokenValidation.Valid(caller.Clone()) : PlexTokenValidation.Invalid;
}
