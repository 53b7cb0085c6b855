using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PlexAuth.AspNetCore;

internal sealed class PlexTokenHandler(IOptionsMonitor<PlexTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, PlexTokenValidator validator)
    : AuthenticationHandler<PlexTokenOptions>(options, logger, encoder)
{
    private static readonly AuthenticateResult DoubledToken = AuthenticateResult.Fail("The call carries more than one X-Plex-Token.");
    private static readonly AuthenticateResult InvalidToken = AuthenticateResult.Fail("The X-Plex-Token is not valid.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var received = new PlexTokenReceivedContext(Context, Scheme, Options);
        await Options.Events.OnTokenReceived(received);
        if (received.Result is not null)
            return received.Result;

        StringValues found = received.Token ?? Request.Headers[PlexHeaders.Token];
        if (found.Count == 0 && Options.AllowQueryToken)
            found = Request.Query[PlexHeaders.Token];

        return found.Count > 1 ? DoubledToken : string.IsNullOrEmpty(found) ? AuthenticateResult.NoResult() : await ValidateAsync(found.ToString());
    }

    private async ValueTask<AuthenticateResult> ValidateAsync(string token)
    {
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return InvalidToken;

        var validation = await validator.ValidateAsync(new PlexToken(token), Context.RequestAborted);
        return validation.Principal is { } principal ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)) : InvalidToken;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Options.Events.OnChallenge is { } challenge)
            return challenge(new PlexTokenRefusedContext(Context, Scheme, Options, properties));

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, PlexTokenDefaults.AuthenticationScheme);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Options.Events.OnForbidden is { } forbidden)
            return forbidden(new PlexTokenRefusedContext(Context, Scheme, Options, properties));

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
