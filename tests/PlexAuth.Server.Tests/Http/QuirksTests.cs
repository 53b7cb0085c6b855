using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Tests.Http;

public sealed class QuirksTests
{
    [Theory]
    [InlineData("speakeasy-sdk/python 0.11.0 2.413.0 0.0.3 plex-api-client", nameof(AccountShape.ThreeFieldProfile))]
    [InlineData("speakeasy-sdk/python 0.29.0 2.674.1 0.0.3 plex-api-client", nameof(AccountShape.Documented))]
    [InlineData("speakeasy-sdk/ruby 0.3.1 2.415.7 0.0.3 plexruby", nameof(AccountShape.ThreeFieldProfile))]
    [InlineData("speakeasy-sdk/ruby 0.4.0 2.0.0 0.0.3 plexruby", nameof(AccountShape.NoNulls))]
    [InlineData("speakeasy-sdk/ruby 0.17.0 2.570.4 0.0.3 plex_ruby_sdk", nameof(AccountShape.NoNulls))]
    [InlineData("speakeasy-sdk/ruby 0.30.0 2.570.4 0.0.3 plex_ruby_sdk", nameof(AccountShape.NoNulls))]
    [InlineData("speakeasy-sdk/ruby 1.0.0 2.570.4 0.0.3 plex_ruby_sdk", nameof(AccountShape.NoNulls))]
    [InlineData("speakeasy-sdk/go 0.11.0 2.722.2 0.0.3 github.com/LukeHagar/plexgo", nameof(AccountShape.Documented))]
    [InlineData("speakeasy-sdk/ruby", nameof(AccountShape.Documented))]
    [InlineData("speakeasy-sdk/ruby new", nameof(AccountShape.Documented))]
    [InlineData("speakeasy-sdk/ruby -1.-4", nameof(AccountShape.Documented))]
    [InlineData("python-requests/2.32.3", nameof(AccountShape.Documented))]
    [InlineData("", nameof(AccountShape.Documented))]
    [InlineData(null, nameof(AccountShape.Documented))]
    public void A_client_is_known_by_language_and_release(string? userAgent, string expected) =>
        Quirks.AccountShapeFor(userAgent).ToString().ShouldBe(expected);
}
