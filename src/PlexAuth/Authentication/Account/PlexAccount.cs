using System.Collections.ObjectModel;
using System.Text.Json;

namespace PlexAuth;

/// <summary>An account as <c>GET /user</c> and a sign-in describe it: the documented <c>UserPlexAccount</c>.</summary>
/// <remarks>
/// Whatever the server left out, or wrote in a way that cannot be read, has its default: an answer is not lost for one odd value. Unknown members are in
/// <see cref="AdditionalProperties"/>. <see cref="ToString"/> shows only id and username.
/// </remarks>
public sealed partial record PlexAccount
{
    /// <summary>The account's number.</summary>
    public long Id { get; init; }

    /// <summary>16 hexadecimal digits.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>Empty for managed users.</summary>
    public string Username { get; init; } = "";

    /// <summary>The name to show; never empty on plex.tv.</summary>
    public string Title { get; init; } = "";

    /// <summary>Empty for managed users.</summary>
    public string Email { get; init; } = "";

    /// <summary>The name the user chose; may be empty, then show <see cref="Title"/>.</summary>
    public string FriendlyName { get; init; } = "";

    /// <summary>The token of this account and client identifier: after a sign-in the new one, in token details the one examined.</summary>
    public PlexToken AuthToken { get; init; }

    /// <summary>False for accounts made with another provider, which cannot sign in by password.</summary>
    public bool HasPassword { get; init; } = true;

    /// <summary>When the account was made.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>Whether a sign-in by password also wants a verification code.</summary>
    public bool TwoFactorEnabled { get; init; }

    /// <summary>Whether backup codes for the second factor exist.</summary>
    public bool BackupCodesCreated { get; init; }

    /// <summary>Whether the e-mail address was confirmed.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Whether a sign-in accepts the e-mail address only, not the username.</summary>
    public bool EmailOnlyAuth { get; init; }

    /// <summary>Two letters (ISO 3166).</summary>
    public string? Country { get; init; }

    /// <summary>Language of the account, such as <c>en</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The avatar.</summary>
    public Uri? Thumb { get; init; }

    /// <summary>A guest of a Plex Home.</summary>
    public bool Guest { get; init; }

    /// <summary>Belongs to a Plex Home.</summary>
    public bool Home { get; init; }

    /// <summary>Administers its Plex Home.</summary>
    public bool HomeAdmin { get; init; }

    /// <summary>How many people are in the Plex Home; 1 without one.</summary>
    public int HomeSize { get; init; }

    /// <summary>How many people the Plex Home may have.</summary>
    public int MaxHomeSize { get; init; }

    /// <summary>A managed user: no password or e-mail address of its own.</summary>
    public bool Restricted { get; init; }

    /// <summary>Switching to this user in the Plex Home wants a PIN.</summary>
    public bool Protected { get; init; }

    /// <summary>Deprecated by Plex: the hash of the Home PIN.</summary>
    public PlexSecret? Pin { get; init; }

    /// <summary>When a sign-in with remember-me ends.</summary>
    public DateTimeOffset? RememberExpiresAt { get; init; }

    /// <summary>Whether the account has not signed up; null when the server did not say.</summary>
    public bool? Anonymous { get; init; }

    /// <summary>Whether the user agreed to advertising; null when never asked.</summary>
    public bool? AdsConsent { get; init; }

    /// <summary>When <see cref="AdsConsent"/> was given.</summary>
    public DateTimeOffset? AdsConsentSetAt { get; init; }

    /// <summary>When to ask about advertising again.</summary>
    public DateTimeOffset? AdsConsentReminderAt { get; init; }

    /// <summary>The partner that brought the account.</summary>
    public string? AttributionPartner { get; init; }

    /// <summary>Takes part in experiments.</summary>
    public bool ExperimentalFeatures { get; init; }

    /// <summary>Receives the newsletter.</summary>
    public bool MailingListActive { get; init; }

    /// <summary>The newsletter's state; the default value when the server gave none, as for managed users.</summary>
    public PlexMailingListStatus MailingListStatus { get; init; }

    /// <summary>Comma-separated kinds of events that are passed on; usually empty.</summary>
    public string ScrobbleTypes { get; init; } = "";

    /// <summary>Apps and platforms unlocked, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>Such as <c>plexpass</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Playback and language settings.</summary>
    public PlexAccountProfile? Profile { get; init; }

    /// <summary>The Plex Pass, active or not.</summary>
    public PlexSubscription? Subscription { get; init; }

    /// <summary>The Plex Pass in words, such as <c>Lifetime Plex Pass</c>.</summary>
    public string? SubscriptionDescription { get; init; }

    /// <summary>All subscriptions. The document and recorded answers disagree on their shape, so each has the members of both.</summary>
    public IReadOnlyList<PlexPastSubscription> Subscriptions { get; init; } = [];

    /// <summary>Subscriptions that ended. Only a sign-in tells them.</summary>
    public IReadOnlyList<PlexPastSubscription> PastSubscriptions { get; init; } = [];

    /// <summary>Trials, of which no shape is documented. Only a sign-in tells them.</summary>
    public IReadOnlyList<JsonElement> Trials { get; init; } = [];

    /// <summary>Addresses of services the account may use, some with their own secrets.</summary>
    public IReadOnlyList<PlexService> Services { get; init; } = [];

    /// <summary>Members this version does not know, under their names on the wire. From XML, every value is text.</summary>
    /// <remarks>The first thousand of an answer; what comes after is passed over.</remarks>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = NoProperties;

    private static IReadOnlyDictionary<string, JsonElement> NoProperties { get; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Id and username, nothing secret or personal beyond that.</summary>
    public override string ToString() => $"{nameof(PlexAccount)}({Id}, {Username})";
}
