using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Tokens;

/// <summary>The only maker of tokens that are stored, signed ones among them. It looks at account and device again inside the issuing transaction, so no path to a token can forget to.</summary>
internal sealed class TokenGate(RandomSource random, TimeProvider time)
{
    /// <summary>How long a device's former token still works, for requests that are on their way when it signs in again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <returns>The new token, known to nobody else; null when the account or device may have none.</returns>
    public async Task<PlexToken?> IssueAsync(DatabaseSession session, TokenRequest request)
    {
        if (!await AccountStore.MayHoldTokensAsync(session, request.AccountId, request.PasswordVersion)
            || !await DeviceStore.ExistsAsync(session, request.DeviceId, request.AccountId))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (request.Jwt is { } terms)
            return await IssueJwtAsync(session, request, terms, now);

        var token = request.Fixed ?? TokenGenerator.Create(random);
        await TokenStore.SupersedeAsync(session, request, now, now + Grace);
        await TokenStore.InsertAsync(session, TokenHash.Of(token.Reveal()), request, now);
        return token;
    }

    /// <summary>A former signed token lives on until its own end, as its device cannot be told of a new one that is lost on the way; few enough of them do.</summary>
    private static async Task<PlexToken?> IssueJwtAsync(DatabaseSession session, TokenRequest request, JwtTerms terms, DateTimeOffset now)
    {
        if (await AccountStore.FindAsync(session, request.AccountId) is not { } account)
            return null;

        var jwt = terms.Sign(account, now);
        await TokenStore.SupersedeAsync(session, request, now, jwt.Claims.ExpiresAt);
        await TokenStore.InsertAsync(session, TokenHash.Of(jwt.Token.Reveal()), request with { ExpiresAt = jwt.Claims.ExpiresAt }, now);
        return jwt.Token;
    }
}
