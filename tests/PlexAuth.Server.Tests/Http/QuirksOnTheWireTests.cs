using System.Text.Json;

namespace PlexAuth.Server.Tests.Http;

/// <summary>Each client that needs a body of its own, by the User-Agent it really sends.</summary>
public sealed class QuirksOnTheWireTests(HostedServer server) : IClassFixture<HostedServer>
{
    [Theory]
    [InlineData("speakeasy-sdk/python 0.11.0 2.413.0 0.0.3 plex-api-client")]
    [InlineData("speakeasy-sdk/ruby 0.3.1 2.415.7 0.0.3 plexruby")]
    public async Task SDKs_of_2024_get_a_profile_they_can_read(string userAgent)
    {
        var profile = (await UserAsync(userAgent)).GetProperty("profile");

        profile.EnumerateObject().Count().ShouldBe(3);
    }

    [Fact]
    public async Task The_newer_Ruby_SDK_gets_no_null()
    {
        var user = await UserAsync("speakeasy-sdk/ruby 0.17.0 2.570.4 0.0.3 plex_ruby_sdk");

        user.GetRawText().ShouldNotContain("null");
        user.GetProperty("profile").EnumerateObject().Count().ShouldBeGreaterThan(7);
    }

    [Theory]
    [InlineData("speakeasy-sdk/go 0.25.0 2.722.2 0.0.3 github.com/LukeHagar/plexgo")]
    [InlineData("speakeasy-sdk/python 0.33.1 2.788.7 1.1.1 plex-api-client")]
    [InlineData("speakeasy-sdk/typescript 0.39.0 2.623.0 0.0.3 @lukehagar/plexjs")]
    public async Task All_others_get_integers_and_nulls(string userAgent)
    {
        var user = await UserAsync(userAgent);

        user.GetProperty("adsConsent").ValueKind.ShouldBe(JsonValueKind.Null);
        user.GetProperty("profile").GetProperty("autoSelectSubtitle").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task One_caller_does_not_get_the_body_rendered_for_another()
    {
        (await UserAsync("speakeasy-sdk/python 0.11.0 a b c")).GetProperty("profile").EnumerateObject().Count().ShouldBe(3);
        (await UserAsync("curl/8")).GetProperty("profile").EnumerateObject().Count().ShouldBeGreaterThan(7);
        (await UserAsync("curl/8", "bob-dev-token-000001")).GetProperty("username").GetString().ShouldBe("bob");
    }

    [Fact]
    public async Task A_generated_SDK_without_Accept_gets_JSON()
    {
        var reply = await server.GetAsync("/api/v2/user", "alice-dev-token-0001", [("User-Agent", "speakeasy-sdk/csharp 0.16.0 2.674.1 0.0.3 LukeHagar.PlexAPI.SDK")]);

        reply.ContentType.ShouldBe("application/json; charset=utf-8");
    }

    private async Task<JsonElement> UserAsync(string userAgent, string token = "alice-dev-token-0001") =>
        JsonElement.Parse((await server.GetAsync("/api/v2/user", token, [("Accept", "application/json"), ("User-Agent", userAgent)])).Body);
}
