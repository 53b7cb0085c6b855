using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>What a credential is told about the call that needs a token.</summary>
/// <param name="Authority">Scheme, host and port the token will be sent to.</param>
/// <param name="Client">Who is calling.</param>
/// <param name="ForceRefresh">The token given before was refused or is about to expire: give a new one, not a stored copy of that one.</param>
public sealed record PlexTokenRequest(Uri Authority, PlexClientIdentity Client, bool ForceRefresh)
{
    /// <summary>How a credential with a device key gets its tokens; null in a request that no client made.</summary>
    internal DeviceExchange? Exchange { get; init; }

    /// <summary>The same question, whichever client asks it.</summary>
    public bool Equals(PlexTokenRequest? other) =>
        other is not null && Authority == other.Authority && Client == other.Client && ForceRefresh == other.ForceRefresh;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Authority, Client, ForceRefresh);
}
