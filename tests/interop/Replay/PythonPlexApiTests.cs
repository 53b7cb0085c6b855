using System.Xml.Linq;

namespace PlexAuth.Interop.Tests.Replay;

/// <summary>python-plexapi asks for anything (<c>Accept: */*</c>) and reads XML only.</summary>
public sealed class PythonPlexApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Sdk = "python-plexapi-4.16";

    [Fact]
    public async Task Account_comes_as_the_xml_it_reads()
    {
        var user = await XmlAsync(RecordedRequest.Load(Sdk, "GetTokenDetails").With("token", Personas.AliceToken), 200);

        ShouldBeAnAccount(user);
        user.Attribute("authToken")!.Value.ShouldBe(Personas.AliceToken);
    }

    [Fact]
    public async Task Sign_in_takes_its_capitalised_boolean()
    {
        var request = RecordedRequest.Load(Sdk, "SignIn").With("login", "alice").With("password", "alice-password");

        ShouldBeAnAccount(await XmlAsync(request.Without("code"), 201));
    }

    [Fact]
    public async Task Transient_token_is_an_attribute()
    {
        var container = await XmlAsync(RecordedRequest.Load(Sdk, "GetTransientToken").With("token", Personas.AliceToken), 200);

        container.Attribute("token")!.Value.ShouldStartWith("transient-");
    }

    [Fact]
    public async Task Missing_verification_code_is_said_in_the_words_it_looks_for()
    {
        var request = RecordedRequest.Load(Sdk, "SignIn").With("login", "carol").With("password", "carol-password");

        var errors = await XmlAsync(request.Without("code"), 401);

        errors.Element("error")!.Attribute("code")!.Value.ShouldBe("1029");
        errors.ToString().ShouldContain("verification code");
    }

    [Fact]
    public async Task Media_server_refuses_an_unknown_token_with_its_page()
    {
        var answer = await SendAsync(RecordedRequest.Load(Sdk, "GetTransientToken").With("token", Personas.UnknownToken));

        answer.Status.ShouldBe(401);
        answer.ContentType.ShouldBe("text/html");
        answer.Body.ShouldContain("401 Unauthorized");
    }

    // It crashes without scrobbleTypes, subscription or profile, and on a boolean that is neither 1, 0, true nor false.
    private static void ShouldBeAnAccount(XElement user)
    {
        user.Name.LocalName.ShouldBe("user");
        user.Attribute("scrobbleTypes").ShouldNotBeNull();
        user.Element("subscription").ShouldNotBeNull();
        user.Element("profile").ShouldNotBeNull();
        foreach (var name in (string[])["hasPassword", "home", "homeAdmin", "guest", "restricted", "protected", "twoFactorEnabled"])
            user.Attribute(name)!.Value.ShouldBeOneOf("0", "1");
        long.Parse(user.Attribute("joinedAt")!.Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBePositive();
    }

    private async Task<XElement> XmlAsync(RecordedRequest request, int status)
    {
        var answer = await SendAsync(request);
        answer.Status.ShouldBe(status, answer.Body);
        answer.ContentType!.ShouldEndWith("/xml");
        return XElement.Parse(answer.Body);
    }

    private Task<RawAnswer> SendAsync(RecordedRequest request) =>
        RawHttp.SendAsync(server.Address, request.With("client", "0x1a2b3c4d5e6f"), TestContext.Current.CancellationToken);
}
