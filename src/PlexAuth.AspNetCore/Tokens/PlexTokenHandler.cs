using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PlexAuth.AspNetCore;

/// <summary>Finds out who calls by the call's <c>X-Plex-Token</c>; <c>AddPlexToken</c> registers it as a scheme.</summary>
/// <remarks>An instance serves one call. Whoever asks it without the authentication services calls <see cref="AuthenticationHandler{TOptions}.InitializeAsync"/> first.</remarks>
public sealed partial class PlexTokenHandler(IOptionsMonitor<PlexTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<PlexTokenOptions>(options, logger, encoder)
{
    private const string RetryAfterSeconds = "10";

    private static readonly AuthenticateResult DoubledToken = AuthenticateResult.Fail("The call carries more than one X-Plex-Token.");
    private static readonly AuthenticateResult InvalidToken = AuthenticateResult.Fail("The X-Plex-Token is not valid.");
    private static readonly AuthenticateResult UncheckedToken = AuthenticateResult.Fail("The account service could not be asked about the X-Plex-Token.");

    private bool _unchecked;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var received = new PlexTokenReceivedContext(Context, Scheme, Options);
        await Options.Events.OnTokenReceived(received);
        if (received.Result is not null)
            return received.Result;

        var found = received.Token is { } token ? new StringValues(token) : Request.Headers[PlexHeaders.Token];
        if (found.Count == 0 && Options.AllowQueryToken)
            found = Request.Query[PlexHeaders.Token];

        return found.Count > 1 ? DoubledToken : string.IsNullOrEmpty(found) ? AuthenticateResult.NoResult() : await ValidateAsync(found.ToString());
    }

    private async ValueTask<AuthenticateResult> ValidateAsync(string token)
    {
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return InvalidToken;

        try
        {
            var validation = await Options.Validator!.ValidateAsync(new PlexToken(token), Context.RequestAborted);
            return validation.Principal is { } principal
                ? AuthenticateResult.Success(new AuthenticationTicket(principal, Properties(token), Scheme.Name))
                : InvalidToken;
        }
        catch (PlexException e)
        {
            LogUnchecked(Logger, e.GetType().Name);
            _unchecked = true;
            return UncheckedToken;
        }
    }

    private AuthenticationProperties? Properties(string token)
    {
        if (!Options.SaveToken)
            return null;

        var properties = new AuthenticationProperties();
        properties.StoreTokens([new AuthenticationToken { Name = PlexDefaults.TokenName, Value = token }]);
        return properties;
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Options.Events.OnChallenge is { } challenge)
            return challenge(new PlexTokenRefusedContext(Context, Scheme, Options, properties) { IsUnchecked = _unchecked });

        if (_unchecked)
        {
            // A 401 would make clients throw away a token that may be good.
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = RetryAfterSeconds;
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, PlexTokenDefaults.AuthenticationScheme);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Options.Events.OnForbidden is { } forbidden)
            return forbidden(new PlexTokenRefusedContext(Context, Scheme, Options, properties));

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    [LoggerMessage(1200, LogLevel.Debug, "A token could not be checked: {Failure}")]
    private static partial void LogUnchecked(ILogger logger, string failure);
}
