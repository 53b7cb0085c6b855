using System.Net;
using System.Text.Json;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>Which passwords are good, and what changing one does.</summary>
public class PasswordTests
{
    [Fact, Requirement("RA2")]
    public void At_least_three_thousand_common_passwords_of_allowed_length_are_known() => CommonPasswords.Count.ShouldBeGreaterThan(3000);

    [Theory, Requirement("RA1"), Requirement("RA2")]
    [InlineData("1234567", 1032)]
    [InlineData("🙂🙂🙂🙂🙂🙂🙂", 1032)]
    [InlineData("password", 1033)]
    [InlineData("PASSWORD", 1033)]
    [InlineData("P@$$w0rd", 1033)]
    [InlineData("1qaz2wsx", 1033)]
    [InlineData("plexplexplex", 1033)]
    [InlineData("PlexAuth1", 1033)]
    [InlineData("tide \ufffd and lantern", 1033)]
    [InlineData("tide \ud83d and lantern", 1033)]
    [InlineData("penelope", 1034)]
    [InlineData("Penelope12", 1034)]
    [InlineData("p3n3l0p3!", 1034)]
    [InlineData("penelopepenelope", 1034)]
    [InlineData("weaving99", 1034)]
    [InlineData("penny@weaving.example", 1034)]
    public void Passwords_that_are_tried_first_are_refused(string password, int code)
    {
        var refused = PasswordRules.Check(password, "penelope", "penny@weaving.example", minLength: 8).ShouldNotBeNull();

        refused.Code.Value.ShouldBe(code);
        if (!password.Equals("password", StringComparison.OrdinalIgnoreCase))
            refused.Reason.ShouldNotContain(password);
    }

    [Theory, Requirement("RA1")]
    [InlineData("tide and lantern")]
    [InlineData("🙂🌊🏔🎈🦊🌵🍋🚲")]
    [InlineData("penelope rows at dawn")]
    [InlineData("trailing space ")]
    public void Anything_else_of_any_script_is_good(string password) =>
        PasswordRules.Check(password, "penelope", "penny@weaving.example", minLength: 8).ShouldBeNull();

    [Fact, Requirement("RA1")]
    public void Length_is_counted_in_characters_as_people_see_them_from_the_minimum_to_256()
    {
        const string Varied = "abcdefghijklmnopqrstuvwxyz🙂";
        string Of(int length) => string.Concat(Enumerable.Range(0, length).Select(i => Varied.EnumerateRunes().ElementAt(i % 27).ToString()));

        PasswordRules.Check(Of(14), "penelope", "", minLength: 15)!.Code.Value.ShouldBe(1032);
        PasswordRules.Check(Of(15), "penelope", "", minLength: 15).ShouldBeNull();
        PasswordRules.Check(Of(64), "penelope", "", minLength: 8).ShouldBeNull();
        PasswordRules.Check(Of(256), "penelope", "", minLength: 8).ShouldBeNull();
        PasswordRules.Check(Of(257), "penelope", "", minLength: 8)!.Code.Value.ShouldBe(1033);
    }

    [Fact, Requirement("RA1")]
    public async Task A_password_is_the_same_however_a_keyboard_spells_its_accents()
    {
        const string Composed = "caf\u00e9 \u00e0 la plage", Decomposed = "cafe\u0301 a\u0300 la plage";
        await using var host = await RulesHost.StartAsync();
        await host.Get<PlexAuthAccounts>().CreateAsync("olga", "olga@example.com", Decomposed, RulesHost.Cancelled);

        (await host.TrySignInAsync("olga", Composed)).ShouldBeOfType<SignInResult.SignedIn>();
        (await host.TrySignInAsync("olga", Decomposed)).ShouldBeOfType<SignInResult.SignedIn>();
        (await host.TrySignInAsync("olga", "cafe a la plage")).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
        PasswordRules.Check(string.Concat(Enumerable.Repeat("e\u0301", 7)), "olga", "", minLength: 8)!.Code.Value.ShouldBe(1032, "seven characters as people see them");
        PasswordRules.Check(string.Concat(Enumerable.Repeat("e\u0301a\u0300", 128)), "olga", "", minLength: 8).ShouldBeNull();
    }

    [Fact, Requirement("RA4"), Requirement("RT3"), Requirement("T16")]
    public async Task Changing_the_password_signs_out_everybody_but_the_caller_before_the_answer()
    {
        await using var server = await HostedServer.StartAsync();
        var (phone, tv) = (await SignInAsync(server, "phone", "alice-password"), await SignInAsync(server, "tv", "alice-password"));
        var delegation = await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", tv);
        var transient = JsonElement.Parse(delegation.Body).GetProperty("MediaContainer").GetProperty("token").GetString();

        (await ChangeAsync(server, phone, "wrong", "tide and lantern")).ShouldSatisfyAllConditions(
            reply => reply.Status.ShouldBe(HttpStatusCode.Forbidden, "not 401: the token is good"), reply => reply.Body.ShouldContain("1040"));
        (await ChangeAsync(server, phone, "alice-password", "password")).ShouldSatisfyAllConditions(
            reply => reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), reply => reply.Body.ShouldContain("1033"));
        (await ChangeAsync(server, phone, "alice-password", "tide and lantern")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/api/v2/user", phone)).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var token in (string?[])[tv, transient, PlexAuthPersona.Alice.Token])
            (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(server, "tv", "alice-password")).ShouldBe("");
        (await SignInAsync(server, "tv", "tide and lantern")).ShouldNotBe("");
        (await server.GetAsync("/api/v2/user/events", phone)).Body.ShouldContain("password-changed");
    }

    [Fact, Requirement("RA4")]
    public async Task Changing_the_password_needs_a_fresh_code_where_there_is_a_second_factor()
    {
        var time = new FakeTimeProvider();
        await using var host = await RulesHost.StartWithPersonasAsync(time);
        var code = Totp.Compute(Base32.Decode(PlexAuthPersona.Carol.TotpSecret!), time.GetUtcNow().ToUnixTimeSeconds() / 30);
        var grant = await host.GrantAsync(PlexAuthPersona.Carol.Token);
        Task<PasswordAnswer> Change(string? code) => host.Get<PasswordService>().ChangeAsync(
            new PasswordChange(grant.Account, "carol-password", "tide and lantern", code, grant.DeviceId, grant.TokenId), Caller.SignedIn(null), RulesHost.Cancelled);

        (await Change(null)).ShouldBe(new PasswordAnswer.Refused(PlexErrorCode.VerificationCodeRequired, Reason: null));
        (await Change(code)).ShouldBeOfType<PasswordAnswer.Changed>();
        (await host.TrySignInAsync("carol", "carol-password")).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
    }

    [Fact]
    public async Task Other_devices_stay_when_that_is_asked_for()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        var (phone, tv) = (await host.SignInAsync("bob", "bob-password", client: "phone"), await host.SignInAsync("bob", "bob-password", client: "tv"));
        var grant = await host.GrantAsync(phone);

        await host.Get<PasswordService>().ChangeAsync(
            new PasswordChange(grant.Account, "bob-password", "tide and lantern", null, grant.DeviceId, grant.TokenId) { KeepOthers = true }, Caller.SignedIn(null), RulesHost.Cancelled);

        (await host.ValidateAsync(tv)).ShouldNotBeNull();
    }

    private static Task<Reply> ChangeAsync(HostedServer server, string token, string current, string fresh) => server.SendAsync(
        HttpMethod.Put, "/api/v2/user/password", token, content: new FormUrlEncodedContent([new("currentPassword", current), new("newPassword", fresh)]));

    private static async Task<string> SignInAsync(HostedServer server, string client, string password)
    {
        var reply = await server.SendAsync(
            HttpMethod.Post, "/api/v2/users/signin", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", client)],
            content: new FormUrlEncodedContent([new("login", "alice"), new("password", password)]));
        return JsonElement.Parse(reply.Body).TryGetProperty("authToken", out var token) ? token.GetString()! : "";
    }
}
