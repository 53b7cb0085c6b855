using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Pins;

/// <summary>Stored as numbers. A PIN leaves Pending once, for Claimed or Denied, and Claimed once, for Delivered; any of them ends by expiry.</summary>
internal enum PinState
{
    Pending = 0,
    Claimed = 1,
    Delivered = 2,
    Denied = 3,
}

/// <summary>A request by an app to be signed in, as its creator may see it.</summary>
internal sealed record Pin
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public PinState State { get; init; }

    public required ClientIdentity Client { get; init; }

    /// <summary>Where the web page that created it comes from; null for anything but a browser.</summary>
    public required string? Origin { get; init; }

    public required ClientNetwork Network { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int? AccountId { get; init; }

    public PlexToken? Token { get; init; }

    /// <summary>The key that confirming this PIN registers. Its token goes only to whoever signs with it.</summary>
    public PlexJwk? DeviceKey { get; init; }

    public bool IsStrong => PinCode.IsStrong(Code);

    // A record would print its code.
    public override string ToString() => $"PIN {Id} ({State})";
}
