using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Tests.Wire;

/// <summary>What the server writes, held against files that were written from public descriptions and recordings of the real service.</summary>
public sealed class AccountWireTests
{
    /// <summary>Documented as nullable; the recorded account happens to have some of them.</summary>
    private static readonly HashSet<string> Nullable = new(StringComparer.Ordinal)
    {
        "adsConsent", "adsConsentSetAt", "adsConsentReminderAt", "attributionPartner", "locale", "subscriptionDescription", "subscribedAt", "paymentService", "plan",
        "defaultAudioLanguage", "defaultSubtitleLanguage", "defaultAudioLanguages", "defaultSubtitleLanguages", "mediaReviewsLanguages",
    };

    /// <summary>Deprecated, or with items that this server has none of.</summary>
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { "pin" };

    public static TheoryData<string, bool> Recordings => new() { { "user", false }, { "sign-in", true } };

    [Theory]
    [MemberData(nameof(Recordings))]
    public void JSON_has_the_recorded_members_with_the_recorded_types(string recording, bool afterSignIn)
    {
        var recorded = JsonElement.Parse(File.ReadAllText($"fixtures/account/{recording}.json"));

        ShouldHaveSameShape(Parse(Wire().Render(PlexFormat.Json, AccountShape.Documented, afterSignIn)), recorded, recording);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void XML_has_the_recorded_attributes_and_elements_in_the_recorded_order(string recording, bool afterSignIn)
    {
        var recorded = XDocument.Load($"fixtures/account/{recording}.xml").Root!;
        var written = XDocument.Parse(Encoding.UTF8.GetString(Wire().Render(PlexFormat.Xml, AccountShape.Documented, afterSignIn))).Root!;

        written.Name.ShouldBe(recorded.Name);
        Names(written).ShouldBe(Names(recorded));
        written.Elements().Select(element => element.Name.LocalName).ShouldBe(recorded.Elements().Select(element => element.Name.LocalName));
        Names(written.Element("subscription")!).ShouldBe(Names(recorded.Element("subscription")!));
        written.Element("subscription")!.Element("features")!.Elements("feature").ShouldAllBe(feature => feature.Attribute("id") != null);
        Names(written.Element("profile")!).ShouldBeSubsetOf(Names(recorded.Element("profile")!));
    }

    [Fact]
    public void Dates_are_text_in_one_form_per_format_or_seconds_in_both()
    {
        var json = Parse(Wire().Render(PlexFormat.Json, AccountShape.Documented));
        json.GetProperty("joinedAt").GetInt64().ShouldBe(1556281940);
        json.GetProperty("subscription").GetProperty("subscribedAt").GetString().ShouldBe("2021-04-12T18:21:12Z");

        var xml = Encoding.UTF8.GetString(Wire().Render(PlexFormat.Xml, AccountShape.Documented));
        xml.ShouldStartWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.ShouldContain("joinedAt=\"1556281940\"");
        xml.ShouldContain("subscribedAt=\"2021-04-12 18:21:12 UTC\"");
        xml.ShouldContain("confirmed=\"1\"");
        xml.ShouldContain("adsConsent=\"\"");
    }

    [Fact]
    public void Shape_for_the_SDKs_of_2024_has_a_profile_of_three_fields()
    {
        var profile = Parse(Wire().Render(PlexFormat.Json, AccountShape.ThreeFieldProfile)).GetProperty("profile");

        profile.EnumerateObject().Select(member => member.Name).ShouldBe(["autoSelectAudio", "defaultAudioLanguage", "defaultSubtitleLanguage"]);
    }

    [Fact]
    public void Shape_for_the_newer_Ruby_SDK_has_no_null_and_every_member()
    {
        var documented = Parse(Wire(Managed).Render(PlexFormat.Json, AccountShape.Documented, afterSignIn: true));
        var written = Wire(Managed).Render(PlexFormat.Json, AccountShape.NoNulls, afterSignIn: true);

        Encoding.UTF8.GetString(written).ShouldNotContain("null");
        Parse(written).EnumerateObject().Select(member => member.Name).ShouldBe(documented.EnumerateObject().Select(member => member.Name));
        Parse(written).GetProperty("adsConsent").ValueKind.ShouldBe(JsonValueKind.False);
        Parse(written).GetProperty("adsConsentSetAt").GetInt64().ShouldBe(0);
        Parse(written).GetProperty("locale").GetString().ShouldBe("");
    }

    [Fact]
    public void A_managed_user_has_empty_names_and_no_null_where_SDKs_refuse_one()
    {
        var json = Parse(Wire(Managed).Render(PlexFormat.Json, AccountShape.Documented));

        json.GetProperty("username").GetString().ShouldBe("");
        json.GetProperty("email").GetString().ShouldBe("");
        json.GetProperty("mailingListStatus").GetString().ShouldBe("unsubscribed");
        json.GetProperty("anonymous").ValueKind.ShouldBe(JsonValueKind.False);
        json.GetProperty("country").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public void Text_that_is_markup_stays_text()
    {
        var hostile = Member with { Title = "<b>&\"'\u00e9 📺" };

        XDocument.Parse(Encoding.UTF8.GetString(Wire(hostile).Render(PlexFormat.Xml, AccountShape.Documented))).Root!.Attribute("title")!.Value.ShouldBe(hostile.Title);
        Parse(Wire(hostile).Render(PlexFormat.Json, AccountShape.Documented)).GetProperty("title").GetString().ShouldBe(hostile.Title);
    }

    private static readonly Account Member = new()
    {
        Id = 13692262,
        Uuid = "dae343c1f45beb4f",
        Username = "Username",
        Email = "username@email.com",
        Title = "UsernameTitle",
        FriendlyName = "friendlyUsername",
        Country = "US",
        Confirmed = true,
        HasPassword = true,
        JoinedAt = DateTimeOffset.FromUnixTimeSeconds(1556281940),
        UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(1703858371),
        SubscriptionPlan = "lifetime",
        SubscribedAt = new DateTimeOffset(2021, 4, 12, 18, 21, 12, TimeSpan.Zero),
    };

    private static readonly Account Managed = Member with
    {
        Username = "",
        Email = "",
        FriendlyName = "",
        Country = null,
        Restricted = true,
        HasPassword = false,
        SubscriptionPlan = null,
        SubscribedAt = null,
    };

    private static AccountWire Wire(Account? account = null) =>
        new(account ?? Member, new PlexToken("CxoUzBTSV5hsxjTpFKaf"), DateTimeOffset.FromUnixTimeSeconds(1680893707), new Uri("https://plex.tv"));

    private static JsonElement Parse(byte[] json) => JsonElement.Parse(json);

    private static IEnumerable<string> Names(XElement element) => element.Attributes().Select(attribute => attribute.Name.LocalName);

    private static void ShouldHaveSameShape(JsonElement written, JsonElement recorded, string path)
    {
        var names = recorded.EnumerateObject().Select(member => member.Name).Where(name => !LeftOut.Contains(name)).ToList();
        written.EnumerateObject().Select(member => member.Name).ShouldBe(names, ignoreOrder: true, path);
        foreach (var name in names)
            ShouldHaveSameType(written.GetProperty(name), recorded.GetProperty(name), name, $"{path}.{name}");
    }

    private static void ShouldHaveSameType(JsonElement written, JsonElement recorded, string name, string path)
    {
        if (Nullable.Contains(name) && (written.ValueKind == JsonValueKind.Null || recorded.ValueKind == JsonValueKind.Null))
            return;

        TypeOf(written).ShouldBe(TypeOf(recorded), path);
        if (written.ValueKind == JsonValueKind.Object)
            ShouldHaveSameShape(written, recorded, path);
    }

    private static string TypeOf(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
}
