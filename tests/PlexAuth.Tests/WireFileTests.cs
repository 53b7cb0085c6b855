using System.Collections;
using System.Net;

namespace PlexAuth.Tests;

public sealed class WireFileTests
{
    [Theory]
    [InlineData("account/user.json")]
    [InlineData("account/user.xml")]
    public async Task Every_documented_field_of_an_account_is_read(string file)
    {
        var account = await Client.ReadAccountAsync(Wire.Bytes(file));

        account.Id.ShouldBe(13692262);
        account.Uuid.ShouldBe("dae343c1f45beb4f");
        account.Username.ShouldBe("Username");
        account.Title.ShouldBe("UsernameTitle");
        account.Email.ShouldBe("username@email.com");
        account.FriendlyName.ShouldBe("friendlyUsername");
        account.AuthToken.Reveal().ShouldBe("CxoUzBTSV5hsxjTpFKaf");
        account.HasPassword.ShouldBeTrue();
        account.JoinedAt.ShouldBe(new DateTimeOffset(2019, 4, 26, 12, 32, 20, TimeSpan.Zero));
        account.Confirmed.ShouldBeTrue();
        account.Country.ShouldBe("US");
        account.Locale.ShouldBeNull();
        account.Thumb.ShouldBe(new Uri("https://plex.tv/users/dae343c1f45beb4f/avatar?c=1703858371"));
        account.HomeSize.ShouldBe(1);
        account.MaxHomeSize.ShouldBe(15);
        account.RememberExpiresAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1680893707));
        account.Anonymous.ShouldBe(false);
        account.AdsConsent.ShouldBeNull();
        account.AdsConsentSetAt.ShouldBeNull();
        account.AttributionPartner.ShouldBeNull();
        account.MailingListStatus.ShouldBe(PlexMailingListStatus.Active);
        account.MailingListActive.ShouldBeTrue();
        account.ScrobbleTypes.ShouldBe("");
        account.Entitlements.ShouldBe(["all", "ios", "roku", "android", "xbox_one", "xbox_360", "windows", "windows_phone"]);
        account.Roles.ShouldBe(["plexpass"]);
        account.SubscriptionDescription.ShouldBe("Lifetime Plex Pass");
        account.Subscriptions.ShouldBeEmpty();
        account.AdditionalProperties.ShouldBeEmpty();
        account.Pin.ShouldBeNull();
        (account.TwoFactorEnabled, account.BackupCodesCreated, account.EmailOnlyAuth, account.ExperimentalFeatures).ShouldBe((false, false, false, false));
        (account.Guest, account.Home, account.HomeAdmin, account.Restricted, account.Protected).ShouldBe((false, false, false, false, false));
    }

    [Theory]
    [InlineData("account/user.json")]
    [InlineData("account/user.xml")]
    public async Task The_parts_of_an_account_are_read(string file)
    {
        var account = await Client.ReadAccountAsync(Wire.Bytes(file));

        var subscription = account.Subscription.ShouldNotBeNull();
        (subscription.Active, subscription.Status, subscription.Plan, subscription.PaymentService).ShouldBe((true, PlexSubscriptionStatus.Active, "lifetime", "braintree"));
        subscription.SubscribedAt.ShouldBe(new DateTimeOffset(2021, 4, 12, 18, 21, 12, TimeSpan.Zero));
        subscription.Features.Count.ShouldBe(59);
        (subscription.Features[0], subscription.Features[6]).ShouldBe(("guided-upgrade", "Android - Dolby Vision"));

        var profile = account.Profile.ShouldNotBeNull();
        (profile.AutoSelectAudio, profile.DefaultAudioLanguage, profile.DefaultSubtitleLanguage).ShouldBe((true, "en", "en"));
        profile.AutoSelectSubtitle.ShouldBe(PlexSubtitleMode.WithForeignAudio);
        profile.DefaultSubtitleAccessibility.ShouldBe(PlexSubtitleAccessibility.PreferOthers);
        profile.DefaultSubtitleForced.ShouldBe(PlexForcedSubtitles.Prefer);
        profile.WatchedIndicator.ShouldBe(PlexWatchedIndicator.MoviesAndShows);
        profile.MediaReviewsVisibility.ShouldBe(PlexReviewsVisibility.CriticsAndUsers);
        (profile.DefaultAudioAccessibility, profile.MediaPostsVisibility).ShouldBe((0, true));
        profile.DefaultAudioLanguages.ShouldBeEmpty();

        account.Services.Count.ShouldBe(20);
        var lyrics = account.Services.Single(service => service.Identifier == "lyricfind");
        lyrics.Endpoint.ShouldBe(new Uri("https://lyricfind.plex.tv/"));
        lyrics.Status.ShouldBe(PlexServiceStatus.Online);
        (lyrics.Token!.Value.Reveal(), lyrics.Secret!.Value.Reveal()).ShouldBe(("service-token-000017", "service-secret-00001"));
        account.Services.Single(service => service.Identifier == "community").Token.ShouldBeNull();
    }

    [Theory]
    [InlineData("account/sign-in.json")]
    [InlineData("account/sign-in.xml")]
    public async Task A_sign_in_also_tells_past_subscriptions(string file)
    {
        var client = Client.Over(new StubHandler().On("POST /api/v2/users/signin", HttpStatusCode.Created, Wire.Bytes(file)));

        var account = await client.SignInAsync("username@email.com", "password123", cancellationToken: TestContext.Current.CancellationToken);

        account.AuthToken.Reveal().ShouldBe("CxoUzBTSV5hsxjTpFKaf");
        account.Trials.ShouldBeEmpty();
        account.AdditionalProperties.ShouldBeEmpty();
        account.PastSubscriptions.ShouldHaveSingleItem().ShouldBe(new PlexPastSubscription
        {
            Type = "plexpass",
            State = "ended",
            EndsAt = DateTimeOffset.FromUnixTimeSeconds(1556281940),
        });
    }

    [Fact]
    public async Task A_subscription_of_the_list_in_the_documented_shape_keeps_all_its_members()
    {
        var account = await Client.ReadAccountAsync("""
            {"id":1,"uuid":"dae343c1f45beb4f","authToken":"CxoUzBTSV5hsxjTpFKaf","subscriptions":[{"features":["home","sync"],"active":true,
            "subscribedAt":"2021-04-12T18:21:12Z","status":"Active","paymentService":"braintree","plan":"lifetime"}]}
            """u8.ToArray());

        var subscription = account.Subscriptions.ShouldHaveSingleItem();
        subscription.Features.ShouldBe(["home", "sync"]);
        (subscription with { Features = [] }).ShouldBe(new PlexPastSubscription
        {
            Active = true,
            Mode = "lifetime",
            PaymentService = "braintree",
            State = "Active",
            SubscribedAt = new(2021, 4, 12, 18, 21, 12, TimeSpan.Zero),
        });
    }

    [Theory]
    [InlineData("account/user")]
    [InlineData("account/sign-in")]
    public async Task Both_formats_say_the_same(string file)
    {
        var json = await Client.ReadAccountAsync(Wire.Bytes(file + ".json"));
        var xml = await Client.ReadAccountAsync(Wire.Bytes(file + ".xml"));

        foreach (var property in typeof(PlexAccount).GetProperties())
            Plain(property.GetValue(xml)).ShouldBe(Plain(property.GetValue(json)), property.Name);
    }

    [Fact]
    public async Task A_managed_user_has_no_name_address_or_newsletter()
    {
        var account = await Client.ReadAccountAsync(Wire.Bytes("account/managed-user.json"));

        (account.Username, account.Email, account.Title).ShouldBe(("", "", "Kid"));
        (account.Restricted, account.Protected, account.HasPassword).ShouldBe((true, true, false));
        account.MailingListStatus.ShouldBe(default);
        account.Anonymous.ShouldBeNull();
    }

    private static string? Plain(object? value) => value switch
    {
        PlexToken token => token.Reveal(),
        PlexSubscription subscription => subscription with { Features = [] } + string.Join(';', subscription.Features),
        PlexAccountProfile profile => (profile with { DefaultAudioLanguages = [], DefaultSubtitleLanguages = [], MediaReviewsLanguages = [] }).ToString(),
        string text => text,
        IEnumerable many => string.Join('|', many.Cast<object>().Select(Plain)),
        _ => value?.ToString(),
    };
}
