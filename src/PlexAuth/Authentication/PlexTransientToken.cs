using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A token a media server delegated: same access as the token it was asked with, for that server only.</summary>
/// <param name="Token">The secret, of the form <c>transient-…</c>.</param>
/// <param name="ExpiresAt">48 hours after it was asked for, at the latest: it also ends when the server restarts or the token behind it is revoked.</param>
public sealed record PlexTransientToken(PlexToken Token, DateTimeOffset ExpiresAt)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    internal static PlexAccessToken? ReadToken(ref LenientReader json)
    {
        json.Unwrap("MediaContainer");
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "token" && json.Token() is { } token)
                return new(token);
        }

        return null;
    }
}
