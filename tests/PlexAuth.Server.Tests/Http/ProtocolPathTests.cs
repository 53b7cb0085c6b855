using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Tests.Http;

public sealed class ProtocolPathTests
{
    [Theory]
    [InlineData("/api/v2/user", "/api/v2/user", null)]
    [InlineData("/api/v2//user", "/api/v2/user", null)]
    [InlineData("//api/v2///users//signin", "/api/v2/users/signin", null)]
    [InlineData("/api/v2/user/", "/api/v2/user", null)]
    [InlineData("/api/v2/user.json", "/api/v2/user", PlexFormat.Json)]
    [InlineData("/api/v2/user.xml", "/api/v2/user", PlexFormat.Xml)]
    [InlineData("/API/V2/user.JSON", "/API/V2/user", PlexFormat.Json)]
    [InlineData("/security/token", "/security/token", null)]
    [InlineData("/identity/", "/identity", null)]
    [InlineData("/resources.xml", "/resources", PlexFormat.Xml)]
    [InlineData("/devices//7.xml", "/devices/7", PlexFormat.Xml)]
    [InlineData("/pins/7.xml", "/pins/7", PlexFormat.Xml)]
    [InlineData("/", "/", null)]
    [InlineData("//", "/", null)]
    public void Spellings_of_one_path_are_one_path(string received, string expected, PlexFormat? suffix)
    {
        var path = ProtocolPath.Parse(received).ShouldNotBeNull();

        path.Value.ShouldBe(expected);
        path.Suffix.ShouldBe(suffix);
    }

    [Theory]
    [InlineData("/api/v20/user")]
    [InlineData("/api/values.json")]
    [InlineData("/identityserver")]
    [InlineData("/shop//cart/")]
    [InlineData("/styles.xml")]
    [InlineData("/resources/app.json")]
    [InlineData("/resources/styles/app.css")]
    [InlineData("/devices/phones/list.json")]
    [InlineData("/pins/red/large.json")]
    [InlineData("")]
    [InlineData(null)]
    public void Paths_of_the_embedding_application_are_left_alone(string? path) => ProtocolPath.Parse(path).ShouldBeNull();
}
