using System.Net;
using System.Runtime.CompilerServices;
using PlexAuth.Internal;
using PlexAuth.Internal.Json;
using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>The authentication operations. Get it from <see cref="PlexClient.Authentication"/>; thread-safe.</summary>
/// <remarks>
/// Every method throws <see cref="PlexException"/> for a refused or failed call, <see cref="PlexSignInRequiredException"/> before any request when a token is needed and
/// there is none, <see cref="InvalidOperationException"/> when an address is missing, and <see cref="OperationCanceledException"/> when the caller cancelled.
/// </remarks>
public sealed class PlexAuthenticationClient
{
    private const int TokenExpired = 498;

    private readonly Transport _transport;
    private readonly TokenCache _tokens;
    private readonly ClientSettings _settings;

    internal PlexAuthenticationClient(Transport transport, TokenCache tokens, ClientSettings settings)
    {
        _transport = transport;
        _tokens = tokens;
        _settings = settings;
    }

    /// <summary>Signs in by password (<c>POST /users/signin</c>). The new token becomes the client's own for later calls.</summary>
    /// <remarks>
    /// Repeated only if it certainly never reached the server, because each repetition counts as an attempt. A token of another account service
    /// (<see cref="PlexCallOptions.ServerUrl"/>) or for another client identifier is only returned; the client's own stays as it is.
    /// </remarks>
    /// <param name="login">E-mail address or username.</param>
    /// <param name="password">The password.</param>
    /// <param name="verificationCode">Six digits of an authenticator app, or a backup code, for accounts with a second factor.</param>
    /// <param name="rememberMe">Asks for a longer session (14 days on plex.tv, see <see cref="PlexAccount.RememberExpiresAt"/>).</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call; the sign-in may have happened all the same.</param>
    /// <exception cref="PlexTwoFactorRequiredException">A verification code is needed, or (derived type) the given one is wrong.</exception>
    /// <exception cref="PlexLockedOutException">Too many failures from this network.</exception>
    /// <exception cref="PlexUnauthorizedException">Login or password is wrong.</exception>
    [OverloadResolutionPriority(1)] // Null for the code could be either overload's.
    public async Task<PlexAccount> SignInAsync(
        string login, string password, string? verificationCode = null, bool rememberMe = false, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(login);
        ArgumentException.ThrowIfNullOrEmpty(password);
        var call = new Call(Operation.SignIn, options)
        {
            Form = [new("login", login), new("password", password), new("rememberMe", rememberMe ? "true" : "false"), new("verificationCode", verificationCode)],
            Secrets = [password, verificationCode ?? ""],
        };

        var account = await _transport.SendAsync(call, PlexAccount.ReadSignIn, cancellationToken).ConfigureAwait(false);
        if (_settings.BringsOwnToken(options))
            _tokens.SignedIn(account.AuthToken);
        return account;
    }

    /// <summary>Signs in by password as the other overload does, and asks for a verification code only if the account needs one.</summary>
    /// <remarks>It asks once and sends the password twice at most. A wrong code ends in <see cref="PlexVerificationCodeException"/>; whether to try again is the caller's to decide.</remarks>
    /// <param name="login">E-mail address or username.</param>
    /// <param name="password">The password.</param>
    /// <param name="verificationCode">Gives the code, say from a prompt; null or an empty text for none, which ends in <see cref="PlexTwoFactorRequiredException"/>.</param>
    /// <param name="rememberMe">Asks for a longer session.</param>
    /// <param name="options">What these calls do differently.</param>
    /// <param name="cancellationToken">Ends the call; the sign-in may have happened all the same.</param>
    /// <exception cref="PlexVerificationCodeException">The code is wrong or was used before.</exception>
    /// <exception cref="PlexTwoFactorRequiredException">A code is needed and none was given.</exception>
    /// <exception cref="PlexLockedOutException">Too many failures from this network.</exception>
    /// <exception cref="PlexUnauthorizedException">Login or password is wrong.</exception>
    public async Task<PlexAccount> SignInAsync(
        string login, string password, Func<CancellationToken, ValueTask<string?>> verificationCode, bool rememberMe = false, PlexCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(verificationCode);
        try
        {
            return await SignInAsync(login, password, null, rememberMe, options, cancellationToken).ConfigureAwait(false);
        }
        catch (PlexTwoFactorRequiredException needed) when (needed is not PlexVerificationCodeException)
        {
            if (await verificationCode(cancellationToken).ConfigureAwait(false) is not { Length: > 0 } code)
                throw;
            return await SignInAsync(login, password, code, rememberMe, options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Describes the account of a token (<c>GET /user</c>): the client's, or that of <see cref="PlexCallOptions.Token"/>.</summary>
    /// <exception cref="PlexUnauthorizedException">The token is not, or no longer, valid.</exception>
    public async Task<PlexAccount> GetTokenDetailsAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(new Call(Operation.TokenDetails, options), PlexAccount.Read, cancellationToken).ConfigureAwait(false);

    /// <summary>Asks whether a token is good, without an exception for any answer.</summary>
    /// <exception cref="PlexSignInRequiredException">There is no token to ask about.</exception>
    public async Task<PlexTokenStatus> VerifyAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await GetTokenDetailsAsync(options, cancellationToken).ConfigureAwait(false);
            return PlexTokenStatus.Valid;
        }
        catch (PlexException e) when (e is not PlexSignInRequiredException)
        {
            return e switch
            {
                { StatusCode: HttpStatusCode.Unauthorized } or PlexUnauthorizedException { DeviceKeyRefused: true } => PlexTokenStatus.Invalid,
                { StatusCode: (HttpStatusCode)TokenExpired } => PlexTokenStatus.Expired,
                PlexNetworkException or PlexProtocolException => PlexTokenStatus.Unreachable,
                PlexRateLimitedException => PlexTokenStatus.RateLimited,
                _ => PlexTokenStatus.ServerError,
            };
        }
    }

    /// <summary>Revokes a token (<c>DELETE /users/signout</c>): the client's, which is then forgotten, or that of <see cref="PlexCallOptions.Token"/>.</summary>
    /// <remarks>Where an answer was lost on the way and the next attempt finds the token revoked, the sign-out has worked.</remarks>
    /// <exception cref="PlexUnauthorizedException">The token was not valid any more; it is forgotten too.</exception>
    public async Task SignOutAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await _transport.SendAsync(new Call(Operation.SignOut, options), Answer.Anything, cancellationToken).ConfigureAwait(false);
            _tokens.SignedOut(options?.Token);
        }
        catch (PlexUnauthorizedException)
        {
            _tokens.SignedOut(options?.Token);
            throw;
        }
    }

    /// <summary>Tells the account service that a token is in use (<c>GET /ping</c>), because one that is unused for long may lapse.</summary>
    /// <exception cref="PlexUnauthorizedException">The token is not, or no longer, valid.</exception>
    public Task PingAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(new Call(Operation.Ping, options), Pong, cancellationToken);

    /// <summary>Asks the media server for a token to hand to another device or app instead of one's own (<c>POST /security/token</c>).</summary>
    /// <param name="request">Other values than the usual ones.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PlexProtocolException">The server gave no token, as servers do that belong to no account.</exception>
    public async Task<PlexTransientToken> GetTransientTokenAsync(
        PlexTransientTokenRequest? request = null, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        request ??= new();
        var call = new Call(Operation.TransientToken, options)
        {
            Method = request.UseGet ? HttpMethod.Get : null,
            Query = $"?type={Uri.EscapeDataString(request.Type)}&scope={Uri.EscapeDataString(request.Scope)}",
        };

        var asked = _settings.TimeProvider.GetUtcNow();
        var token = await _transport.SendAsync(call, PlexTransientToken.ReadToken, cancellationToken).ConfigureAwait(false);
        return new(token.Token, asked + PlexTransientToken.Lifetime);
    }

    /// <summary>Asks the media server how it reaches another source (<c>GET /security/resources</c>). For the server's owner.</summary>
    /// <param name="source"><c>server://</c> or <c>provider://</c> and an identifier.</param>
    /// <param name="refresh">Ask anew instead of from the server's memory.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PlexBadRequestException">The source is malformed or not known to the server.</exception>
    /// <exception cref="PlexForbiddenException">The token is not one of the server's owner.</exception>
    public Task<PlexSourceConnection> GetSourceConnectionInformationAsync(
        string source, bool refresh = false, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        var call = new Call(Operation.SourceConnection, options) { Query = $"?source={Uri.EscapeDataString(source)}{(refresh ? "&refresh=1" : "")}" };
        return _transport.SendAsync(call, PlexSourceConnection.ReadAnswer, cancellationToken);
    }

    private static object? Pong(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "pong")
                return "";
        }

        return null;
    }
}
