using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Accounts;

/// <summary>An account as its owner's client reads it. Attributes first: the order is that of plex.tv's XML.</summary>
/// <param name="PublicUrl">Where the avatar is.</param>
internal sealed record AccountWire(Account Account, PlexToken Token, DateTimeOffset RememberExpiresAt, Uri PublicUrl)
{
    public const int MaxHomeSize = 15;

    // The generated SDKs of 2024 refuse a feature that they do not know; these they do.
    public static readonly string[] Features = ["adaptive_bitrate", "collections", "home", "livetv", "radio", "tuner-sharing", "two-factor-authentication"];

    private static readonly string[] AllEntitlements = ["all", "ios", "roku", "android", "xbox_one", "xbox_360", "windows", "windows_phone"];

    public string Thumb => Account.ThumbAt(PublicUrl);

    public IReadOnlyList<string> Entitlements => Account.SubscriptionActive ? AllEntitlements : [];

    public IReadOnlyList<string> Roles => Account.SubscriptionActive ? ["plexpass"] : [];

    public byte[] Render(PlexFormat format, AccountShape shape, bool afterSignIn = false) =>
        WireDocument.Render(format, "user", wire => Write(wire, shape, afterSignIn), noNulls: shape == AccountShape.NoNulls);

    public void Write(WireWriter wire, AccountShape shape, bool afterSignIn)
    {
        WriteIdentity(wire);
        WriteStanding(wire);
        WriteConsent(wire);
        wire.Object("subscription", WriteSubscription);
        wire.Object("profile", profile => WriteProfile(profile, shape));
        wire.Names("entitlements", "entitlement", Entitlements);
        wire.Names("roles", "role", Roles);
        wire.Empty("subscriptions");
        if (afterSignIn)
        {
            wire.Empty("pastSubscriptions");
            wire.Empty("trials");
        }

        wire.Empty("services");
    }

    private void WriteIdentity(WireWriter wire)
    {
        wire.Number("id", Account.Id);
        wire.Text("uuid", Account.Uuid);
        wire.Text("username", Account.Username);
        wire.Text("title", Account.Title);
        wire.Text("email", Account.Email);
        wire.Text("friendlyName", Account.FriendlyName);
        wire.Text("locale", Account.Locale);
        wire.Flag("confirmed", Account.Confirmed);
        wire.Epoch("joinedAt", Account.JoinedAt);
        wire.Flag("emailOnlyAuth", Account.EmailOnlyAuth);
        wire.Flag("hasPassword", Account.HasPassword);
        wire.Flag("protected", Account.Protected);
        wire.Text("thumb", Thumb);
        wire.Text("authToken", Token.Reveal());
    }

    private void WriteStanding(WireWriter wire)
    {
        // Nobody is subscribed here, and of the ways to say so this is the one that every SDK's enumeration has.
        wire.Text("mailingListStatus", "unsubscribed");
        wire.Flag("mailingListActive", false);
        wire.Text("scrobbleTypes", "");
        wire.Text("country", Account.Country ?? "US");
        wire.Text("subscriptionDescription", SubscriptionDescription);
        wire.Flag("restricted", Account.Restricted);
        wire.Flag("anonymous", false);
        wire.Flag("home", Account.HomeId is not null);
        wire.Flag("guest", Account.Guest);
        wire.Number("homeSize", Account.HomeSize);
        wire.Flag("homeAdmin", Account.HomeAdmin);
        wire.Number("maxHomeSize", MaxHomeSize);
        wire.Epoch("rememberExpiresAt", RememberExpiresAt);
    }

    private void WriteConsent(WireWriter wire)
    {
        wire.Flag("adsConsent", null);
        wire.Epoch("adsConsentSetAt", null);
        wire.Epoch("adsConsentReminderAt", null);
        wire.Flag("experimentalFeatures", false);
        wire.Flag("twoFactorEnabled", Account.TwoFactorEnabled);
        wire.Flag("backupCodesCreated", Account.BackupCodesCreated);
        wire.Text("attributionPartner", null);
    }

    private void WriteSubscription(WireWriter wire)
    {
        wire.Flag("active", Account.SubscriptionActive);
        wire.Date("subscribedAt", Account.SubscribedAt);
        wire.Text("status", Account.SubscriptionActive ? "Active" : "Inactive");
        wire.Text("paymentService", null);
        wire.Text("plan", Account.SubscriptionPlan);
        wire.Names("features", "feature", Features);
    }

    private static void WriteProfile(WireWriter wire, AccountShape shape)
    {
        wire.Flag("autoSelectAudio", true);
        wire.Text("defaultAudioLanguage", null);
        wire.Text("defaultSubtitleLanguage", null);
        if (shape == AccountShape.ThreeFieldProfile)
            return;

        wire.Number("defaultAudioAccessibility", 0);
        wire.Number("autoSelectSubtitle", 0);
        wire.Number("defaultSubtitleAccessibility", 0);
        wire.Number("defaultSubtitleForced", 0);
        wire.Number("watchedIndicator", 1);
        wire.Number("mediaReviewsVisibility", 0);
        wire.Flag("mediaPostsVisibility", true);
        wire.Unknown("defaultAudioLanguages");
        wire.Unknown("defaultSubtitleLanguages");
        wire.Unknown("mediaReviewsLanguages");
    }

    private string? SubscriptionDescription => Account.SubscriptionPlan switch
    {
        null => null,
        "lifetime" => "Lifetime Plex Pass",
        "yearly" => "Annual Plex Pass",
        "monthly" => "Monthly Plex Pass",
        var plan => $"Plex Pass ({plan})",
    };
}
