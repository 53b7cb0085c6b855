using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore.Access;

/// <summary>Finds the token of a request's user and the account service it is good for.</summary>
internal sealed class TokenSources(IAuthenticationSchemeProvider schemes, IOptionsMonitor<PlexOptions> signIns, IOptionsMonitor<PlexTokenOptions> tokens)
{
    public async Task<(PlexToken Token, AccountService Service)?> FindAsync(ClaimsPrincipal user, HttpContext http)
    {
        await foreach (var found in SignedInToken.FindAsync(user, http, await SchemesAsync()))
        {
            if (await PlexSchemeAsync(found) is { } scheme)
                return (found.Token, (scheme.HandlerType == typeof(PlexHandler) ? signIns.Get(scheme.Name).Service! : tokens.Get(scheme.Name).Service!).Value);
        }

        return null;
    }

    /// <summary>The scheme a token came by; null unless it is one of Plex, as the token of another provider is not for the account service to see.</summary>
    private async Task<AuthenticationScheme?> PlexSchemeAsync(SignedInToken found)
    {
        var scheme = await schemes.GetSchemeAsync(found.SignInScheme ?? found.Scheme);
        if (scheme?.HandlerType is { } handler && (handler == typeof(PlexHandler) || handler == typeof(PlexTokenHandler)))
            return scheme;

        var isSilentSession = found.SignInScheme is null && scheme?.HandlerType.IsAssignableTo(typeof(IAuthenticationSignInHandler)) is true;
        return isSilentSession ? await OnlySignInAsync() : null;
    }

    /// <summary>For a session that does not say how it began, as one of ASP.NET Core Identity: the only way to sign in elsewhere, if that is Plex.</summary>
    private async Task<AuthenticationScheme?> OnlySignInAsync() =>
        (await schemes.GetRequestHandlerSchemesAsync()).ToList() is [var only] && only.HandlerType == typeof(PlexHandler) ? only : null;

    /// <summary>Where a token may be: the application's session, and every scheme that takes in tokens.</summary>
    private async Task<IEnumerable<string>> SchemesAsync()
    {
        var session = await schemes.GetDefaultAuthenticateSchemeAsync();
        var takingTokens = (await schemes.GetAllSchemesAsync()).Where(scheme => scheme.HandlerType == typeof(PlexTokenHandler));
        return (session is null ? [] : new[] { session }).Concat(takingTokens).Select(scheme => scheme.Name).Distinct(StringComparer.Ordinal);
    }
}
