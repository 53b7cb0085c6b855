namespace PlexAuth.Internal.Credentials;

/// <summary>A stored session, shared with other processes: whoever is first renews it, the rest find the new token in the store.</summary>
internal sealed class SessionCredential(PlexSessionStore store, string profile) : PlexCredential
{
    private volatile PlexAccessToken? _given;

    public override async ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var session = Check(await store.LoadAsync(profile, cancellationToken).ConfigureAwait(false), request);
        return _given = Usable(session, request) ?? await RenewAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PlexAccessToken> RenewAsync(PlexTokenRequest request, CancellationToken cancellationToken)
    {
        PlexAccessToken? renewed = null;
        try
        {
            await store.UpdateAsync(profile, UpdateAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (renewed is not null && e is IOException or UnauthorizedAccessException)
        {
            // A store that takes no writes costs another exchange after the next start, not this call.
        }

        return renewed!;

        async ValueTask<PlexSession?> UpdateAsync(PlexSession? current)
        {
            var session = Check(current, request);
            if (Usable(session, request) is { } fromAnother)
            {
                renewed = fromAnother;
                return session;
            }

            var exchange = request.Exchange ?? throw new InvalidOperationException(DeviceKeyCredential.NeedsClient);
            renewed = await exchange.GetTokenAsync(session.DeviceKey!, request.Client, session.Scopes, cancellationToken).ConfigureAwait(false);
            return session with { Token = renewed.Token, ExpiresAt = renewed.ExpiresAt };
        }
    }

    /// <summary>The stored token, unless it has to be renewed and can be.</summary>
    private PlexAccessToken? Usable(PlexSession session, PlexTokenRequest request)
    {
        if (session.Token is not { } token)
            return session.DeviceKey is null ? throw Required() : null;

        var stored = new PlexAccessToken(token, session.ExpiresAt);
        if (session.DeviceKey is null)
            return stored;

        var worn = (request.ForceRefresh && (_given is null || _given.Token == token)) || session.ExpiresAt <= request.Exchange?.Now;
        return worn ? null : stored;
    }

    private PlexSession Check(PlexSession? session, PlexTokenRequest request)
    {
        if (session is null)
            throw Required();
        if (request.Exchange is { } exchange && !exchange.IsFor(session.AccountUrl))
            throw new PlexSignInRequiredException($"The session in profile \"{profile}\" belongs to {session.AccountUrl}, another account service. Sign in to this one.");
        if (session.ClientIdentifier != request.Client.ClientIdentifier)
        {
            throw new InvalidOperationException(
                $"The session in profile \"{profile}\" was made as client identifier {session.ClientIdentifier}, and this client is {request.Client.ClientIdentifier}. " +
                "Tokens and device keys belong to one identifier: set PlexClientOptions.Identity to it, or sign in again.");
        }

        return session;
    }

    private PlexSignInRequiredException Required() => new($"No session is stored in profile \"{profile}\". Sign in once and save a PlexSession.");
}
