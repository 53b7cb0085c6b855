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
        if (await SignedInToken.FindAsync(user, http, await SchemesAsync()) is not { } found)
            return null;

        return await PlexSchemeAsync(found.Scheme) switch
        {
            { } scheme when scheme.HandlerType == typeof(PlexHandler) => (found.Token, signIns.Get(scheme.Name).Service!.Value),
            { } scheme => (found.Token, tokens.Get(scheme.Name).Service!.Value),
            null => null,
        };
    }

    /// <summary>The scheme the token came by; for a session that does not say, as one of ASP.NET Core Identity, the only one it can have come by.</summary>
    private async Task<AuthenticationScheme?> PlexSchemeAsync(string name)
    {
        if (await schemes.GetSchemeAsync(name) is { } scheme && (scheme.HandlerType == typeof(PlexHandler) || scheme.HandlerType == typeof(PlexTokenHandler)))
            return scheme;

        var signingIn = (await schemes.GetAllSchemesAsync()).Where(one => one.HandlerType == typeof(PlexHandler)).ToList();
        return signingIn is [var only] ? only : null;
    }

    /// <summary>Where a token may be: the application's session, and every scheme that takes in tokens.</summary>
    private async Task<IEnumerable<string>> SchemesAsync()
    {
        var session = await schemes.GetDefaultAuthenticateSchemeAsync();
        var takingTokens = (await schemes.GetAllSchemesAsync()).Where(scheme => scheme.HandlerType == typeof(PlexTokenHandler));
        return (session is null ? [] : new[] { session }).Concat(takingTokens).Select(scheme => scheme.Name).Distinct(StringComparer.Ordinal);
    }
}
