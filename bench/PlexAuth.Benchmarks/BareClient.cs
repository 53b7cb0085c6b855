using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlexAuth.Benchmarks;

/// <summary>What one would write without a library: HttpClient and source-generated System.Text.Json, the whole account, the same headers.</summary>
internal sealed class BareClient(HttpClient http, Uri address)
{
    public async Task<BareAccount> GetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("X-Plex-Client-Identifier", "benchmark-client");
        request.Headers.TryAddWithoutValidation("X-Plex-Product", "Benchmark");
        request.Headers.TryAddWithoutValidation("X-Plex-Token", "alice-dev-token-0001");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(BareJson.Default.BareAccount))!;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BareAccount))]
internal sealed partial class BareJson : JsonSerializerContext;

internal sealed class BareAccount
{
    public int Id { get; set; }
    public string? Uuid { get; set; }
    public string? Username { get; set; }
    public string? Title { get; set; }
    public string? Email { get; set; }
    public string? FriendlyName { get; set; }
    public string? Locale { get; set; }
    public bool Confirmed { get; set; }
    public long JoinedAt { get; set; }
    public bool EmailOnlyAuth { get; set; }
    public bool HasPassword { get; set; }
    public bool Protected { get; set; }
    public Uri? Thumb { get; set; }
    public string? AuthToken { get; set; }
    public string? MailingListStatus { get; set; }
    public bool MailingListActive { get; set; }
    public string? ScrobbleTypes { get; set; }
    public string? Country { get; set; }
    public BareSubscription? Subscription { get; set; }
    public string? SubscriptionDescription { get; set; }
    public bool Restricted { get; set; }
    public bool? Anonymous { get; set; }
    public bool Home { get; set; }
    public bool Guest { get; set; }
    public int HomeSize { get; set; }
    public bool HomeAdmin { get; set; }
    public int MaxHomeSize { get; set; }
    public long RememberExpiresAt { get; set; }
    public BareProfile? Profile { get; set; }
    public List<string>? Entitlements { get; set; }
    public List<string>? Roles { get; set; }
    public List<JsonElement>? Subscriptions { get; set; }
    public List<BareService>? Services { get; set; }
    public bool? AdsConsent { get; set; }
    public long? AdsConsentSetAt { get; set; }
    public long? AdsConsentReminderAt { get; set; }
    public bool ExperimentalFeatures { get; set; }
    public bool TwoFactorEnabled { get; set; }
    public bool BackupCodesCreated { get; set; }
    public string? AttributionPartner { get; set; }
}

internal sealed class BareSubscription
{
    public bool Active { get; set; }
    public DateTimeOffset? SubscribedAt { get; set; }
    public string? Status { get; set; }
    public string? PaymentService { get; set; }
    public string? Plan { get; set; }
    public List<string>? Features { get; set; }
}

internal sealed class BareProfile
{
    public bool AutoSelectAudio { get; set; }
    public int DefaultAudioAccessibility { get; set; }
    public string? DefaultAudioLanguage { get; set; }
    public List<string>? DefaultAudioLanguages { get; set; }
    public string? DefaultSubtitleLanguage { get; set; }
    public List<string>? DefaultSubtitleLanguages { get; set; }
    public int AutoSelectSubtitle { get; set; }
    public int DefaultSubtitleAccessibility { get; set; }
    public int DefaultSubtitleForced { get; set; }
    public int WatchedIndicator { get; set; }
    public int MediaReviewsVisibility { get; set; }
    public List<string>? MediaReviewsLanguages { get; set; }
    public bool MediaPostsVisibility { get; set; }
}

internal sealed class BareService
{
    public string? Identifier { get; set; }
    public Uri? Endpoint { get; set; }
    public string? Token { get; set; }
    public string? Secret { get; set; }
    public string? Status { get; set; }
}
