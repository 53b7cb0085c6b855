using System.Text.Json;

namespace PlexAuth.Interop.Tests.Replay;

/// <summary>What the generated readers demand of an account, all of them together.</summary>
internal static class AccountBody
{
    private static readonly string[] Nullable =
    [
        "adsConsent", "adsConsentReminderAt", "adsConsentSetAt", "anonymous", "attributionPartner", "locale", "subscriptionDescription",
    ];

    private static readonly string[] Flags =
    [
        "backupCodesCreated", "confirmed", "emailOnlyAuth", "experimentalFeatures", "guest", "hasPassword", "home", "homeAdmin",
        "mailingListActive", "protected", "restricted", "twoFactorEnabled",
    ];

    private static readonly string[] Numbers = ["homeSize", "id", "joinedAt", "maxHomeSize", "rememberExpiresAt"];

    private static readonly string[] Texts =
    [
        "authToken", "country", "email", "friendlyName", "mailingListStatus", "scrobbleTypes", "thumb", "title", "username", "uuid",
    ];

    private static readonly string[] Choices =
    [
        "autoSelectSubtitle", "defaultSubtitleAccessibility", "defaultSubtitleForced", "mediaReviewsVisibility", "watchedIndicator",
    ];

    public static void ShouldSuit(this JsonElement account, AccountShape shape)
    {
        foreach (var name in Nullable)
            account.TryGetProperty(name, out _).ShouldBeTrue(name);
        foreach (var name in Flags)
            account.GetProperty(name).ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        foreach (var name in Numbers)
            account.GetProperty(name).TryGetInt64(out _).ShouldBeTrue(name);
        foreach (var name in Texts)
            account.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.String, name);
        account.GetProperty("id").TryGetInt32(out _).ShouldBeTrue("an identifier above 32 bits");
        account.GetProperty("mailingListStatus").GetString().ShouldBeOneOf("active", "unsubscribed");
        account.GetProperty("entitlements").ValueKind.ShouldBe(JsonValueKind.Array);
        account.GetProperty("services").ValueKind.ShouldBe(JsonValueKind.Array);
        ShouldHaveSubscription(account.GetProperty("subscription"));
        ShouldHaveProfile(account.GetProperty("profile"), shape);
        if (shape == AccountShape.NoNulls)
            NullsIn(account).ShouldBeEmpty();
    }

    private static void ShouldHaveSubscription(JsonElement subscription)
    {
        subscription.GetProperty("active").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        subscription.GetProperty("status").GetString().ShouldBeOneOf("Active", "Inactive");
        subscription.GetProperty("features").ValueKind.ShouldBe(JsonValueKind.Array);
        foreach (var name in (string[])["subscribedAt", "paymentService", "plan"])
            subscription.TryGetProperty(name, out _).ShouldBeTrue(name);
    }

    private static void ShouldHaveProfile(JsonElement profile, AccountShape shape)
    {
        string[] common = ["autoSelectAudio", "defaultAudioLanguage", "defaultSubtitleLanguage"];
        if (shape == AccountShape.ShortProfile)
        {
            profile.EnumerateObject().Select(field => field.Name).ShouldBe(common, ignoreOrder: true);
            return;
        }

        foreach (var name in common)
            profile.TryGetProperty(name, out _).ShouldBeTrue(name);
        foreach (var name in Choices)
            profile.GetProperty(name).GetInt32().ShouldBeInRange(0, 3, name);
    }

    private static IEnumerable<string> NullsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field =>
            field.Value.ValueKind == JsonValueKind.Null ? [field.Name] : NullsIn(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NullsIn),
        _ => [],
    };
}
