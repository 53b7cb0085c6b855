using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Tests.Http;

public sealed class FormatNegotiationTests
{
    /// <summary>Every client whose headers were measured, as it really calls.</summary>
    public static readonly TheoryData<string, string?, string, PlexFormat> Clients = new()
    {
        { "plexgo, October 2025", "application/json", "speakeasy-sdk/go 0.25.0 2.722.2 0.0.3 github.com/LukeHagar/plexgo", PlexFormat.Json },
        { "plexgo, December 2025", "application/json", "speakeasy-sdk/go 0.28.0 2.767.2 1.1.1 github.com/LukeHagar/plexgo", PlexFormat.Json },
        { "plexpy, August 2025", "application/json", "speakeasy-sdk/python 0.29.0 2.674.1 0.0.3 plex-api-client", PlexFormat.Json },
        { "plexpy, September 2024", "application/json", "speakeasy-sdk/python 0.11.0 2.413.0 0.0.3 plex-api-client", PlexFormat.Json },
        { "plexpy, December 2025", "application/json", "speakeasy-sdk/python 0.33.1 2.788.7 1.1.1 plex-api-client", PlexFormat.Json },
        { "plexruby, September 2024", "application/json", "speakeasy-sdk/ruby 0.3.1 2.415.7 0.0.3 plexruby", PlexFormat.Json },
        { "plexruby, June 2025", "application/json", "speakeasy-sdk/ruby 0.17.0 2.570.4 0.0.3 plex_ruby_sdk", PlexFormat.Json },
        { "plexcsharp, August 2025", null, "speakeasy-sdk/csharp 0.16.0 2.674.1 0.0.3 LukeHagar.PlexAPI.SDK", PlexFormat.Json },
        { "plexcsharp, December 2025", null, "speakeasy-sdk/csharp 0.20.1 2.788.7 1.1.1 LukeHagar.PlexAPI.SDK", PlexFormat.Json },
        { "plexjs 0.39", "application/json", "speakeasy-sdk/typescript 0.39.0 2.623.0 0.0.3 @lukehagar/plexjs", PlexFormat.Json },
        { "plexjs 0.43", "application/json", "speakeasy-sdk/typescript 0.43.0 2.753.1 1.1.1 @lukehagar/plexjs", PlexFormat.Json },
        { "python-plexapi", "*/*", "python-requests/2.32.3", PlexFormat.Xml },
        { "@ctrl/plex", "application/json", "node", PlexFormat.Json },
        { "plex-oauth", "application/json, text/plain, */*", "axios/1.21.1", PlexFormat.Json },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public void Each_known_client_gets_the_format_it_can_read(string client, string? accept, string userAgent, PlexFormat expected) =>
        FormatNegotiation.Choose(null, accept, userAgent).ShouldBe(expected, client);

    [Theory]
    [InlineData("application/xml", PlexFormat.Xml)]
    [InlineData("text/xml", PlexFormat.Xml)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", PlexFormat.Xml)]
    [InlineData("application/xml;q=0.5, application/json", PlexFormat.Json)]
    [InlineData("application/json;q=0.1, text/xml;q=0.2", PlexFormat.Xml)]
    [InlineData("APPLICATION/JSON", PlexFormat.Json)]
    [InlineData("text/plain", PlexFormat.Xml)]
    [InlineData("", PlexFormat.Xml)]
    [InlineData(null, PlexFormat.Xml)]
    public void Accept_decides_and_XML_is_the_default(string? accept, PlexFormat expected) =>
        FormatNegotiation.Choose(null, accept, "curl/8").ShouldBe(expected);

    [Fact]
    public void A_generated_SDK_that_asks_for_anything_gets_XML_because_it_said_so() =>
        FormatNegotiation.Choose(null, "*/*", "speakeasy-sdk/csharp 0.16.0").ShouldBe(PlexFormat.Xml);

    [Theory]
    [InlineData(PlexFormat.Xml, "application/json")]
    [InlineData(PlexFormat.Json, "*/*")]
    public void The_suffix_of_the_path_wins_over_Accept(PlexFormat suffix, string accept) =>
        FormatNegotiation.Choose(suffix, accept, null).ShouldBe(suffix);
}
