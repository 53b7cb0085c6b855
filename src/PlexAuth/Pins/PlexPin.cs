using System.Text.Json;
using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A PIN: one installation's request to be let in by whoever has an account, for some minutes.</summary>
/// <remarks>
/// Made by <see cref="PlexPinClient.CreateAsync"/>, shown as <see cref="Code"/>, polled by <see cref="Id"/> until <see cref="AuthToken"/> is there. Both
/// id and code belong to the client identifier that made it. <see cref="ToString"/> shows only the id.
/// </remarks>
public sealed partial record PlexPin
{
    /// <summary>The number to poll by. Not a secret, and not a proof either: whoever knows it and the client identifier may poll.</summary>
    public long Id { get; init; }

    /// <summary>What the person confirms: 4 characters to be typed, or 25 to be opened.</summary>
    public string Code { get; init; } = "";

    /// <summary>The app's name as the person sees it; <c>0</c> where the request named none.</summary>
    public string Product { get; init; } = "";

    /// <summary>Whether the service trusts this app more than others.</summary>
    public bool Trusted { get; init; }

    /// <summary>An image that leads a phone's camera to the confirmation.</summary>
    public Uri? Qr { get; init; }

    /// <summary>The installation that asked.</summary>
    public string ClientIdentifier { get; init; } = "";

    /// <summary>From where the request seems to come, which helps a person to recognise it.</summary>
    public PlexPinLocation? Location { get; init; }

    /// <summary>What was left when the service answered; safer than <see cref="ExpiresAt"/> where clocks may differ. Null when not told.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>When it was made, by the service's clock.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ends, by the service's clock.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The token of the account that said yes, given at every poll until the PIN expires; null while nobody did.</summary>
    public PlexToken? AuthToken { get; init; }

    /// <summary>Whether the account was made during this sign-in; null while nobody confirmed.</summary>
    public bool? NewRegistration { get; init; }

    /// <summary>Members this version does not know, under their names on the wire.</summary>
    /// <remarks>The first thousand of an answer; what comes after is passed over.</remarks>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = NoProperties;

    private static IReadOnlyDictionary<string, JsonElement> NoProperties { get; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal).AsReadOnly();

    /// <summary>The id only: the code would let others confirm.</summary>
    public override string ToString() => $"{nameof(PlexPin)}({Id})";
}
