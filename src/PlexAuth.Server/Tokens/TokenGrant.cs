using System.Collections.Concurrent;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.MediaServer;

namespace PlexAuth.Server.Tokens;

/// <summary>What a valid token entitles to. One instance serves all requests with that token until it is checked afresh, at most seconds later.</summary>
internal sealed record TokenGrant(long TokenId, PlexTokenKind Kind, Account Account)
{
    private ConcurrentDictionary<string, byte[]>? _documents;

    public int AccountId => Account.Id;

    public required long DeviceId { get; init; }

    /// <summary>Of the device that the token, or a transient token's parent, was issued to.</summary>
    public required string ClientIdentifier { get; init; }

    /// <summary>For a server's own token and for a transient token: the only source that it is good for.</summary>
    public string? MachineIdentifier { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For a transient token: whose access level it has.</summary>
    public PlexTokenKind? ParentKind { get; init; }

    /// <summary>What the account may do on this process's media server.</summary>
    public ServerAccess Access { get; init; }

    /// <summary>Answers rendered from this grant, by name of their form. They live and die with it, so they are never older than it is.</summary>
    public ConcurrentDictionary<string, byte[]> Documents => _documents ?? Interlocked.CompareExchange(ref _documents, new(StringComparer.Ordinal), null) ?? _documents!;

    public bool Equals(TokenGrant? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => TokenId.GetHashCode();

    public override string ToString() => $"{Kind} token {TokenId} of {Account}";
}
