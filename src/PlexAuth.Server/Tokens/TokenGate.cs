using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;

namespace PlexAuth.Server.Tokens;

/// <summary>The only maker of tokens that are stored. It looks at account and device again inside the issuing transaction, so no path to a token can forget to.</summary>
internal sealed class TokenGate(TimeProvider time)
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

        var token = request.Fixed ?? TokenGenerator.Create();
        var now = time.GetUtcNow();
        await TokenStore.SupersedeAsync(session, request, now, now + Grace);
        await TokenStore.InsertAsync(session, TokenHash.Of(token.Reveal()), request, now);
        return token;
    }
}
