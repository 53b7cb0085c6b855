using System.Net;

namespace PlexAuth.Server.Tests.Http;

public sealed class AnswerHeaderTests(HostedServer server) : IClassFixture<HostedServer>
{
    [Theory]
    [InlineData("/api/v2/user", "alice-dev-token-0001")]
    [InlineData("/api/v2/user", null)]
    [InlineData("/api/v2/nothing", null)]
    [InlineData("/identity", null)]
    [InlineData("/security/token?type=delegation&scope=all", "alice-dev-token-0001")]
    public async Task Every_answer_may_be_read_by_any_page_and_kept_by_nobody(string path, string? token)
    {
        var reply = await server.GetAsync(path, token);

        reply.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        reply.Headers.ContainsKey("Access-Control-Allow-Credentials").ShouldBeFalse();
        reply.Headers["Cache-Control"].ShouldBe("no-store");
        reply.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        reply.Headers["X-Frame-Options"].ShouldBe("DENY");
        reply.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        reply.Headers["X-Request-Id"].ShouldNotBeNullOrEmpty();
        reply.Headers.ContainsKey("Server").ShouldBeFalse();
        reply.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/v2/user")]
    [InlineData("/api/v2/users/signin")]
    [InlineData("/security/token")]
    public async Task A_preflight_allows_every_header_that_the_page_wants_to_send(string path)
    {
        var reply = await server.SendAsync(HttpMethod.Options, path, headers:
        [
            ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-plex-token,x-plex-client-identifier"),
        ]);

        reply.Status.ShouldBe(HttpStatusCode.NoContent);
        reply.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        reply.Headers["Access-Control-Allow-Headers"].ShouldBe("x-plex-token,x-plex-client-identifier");
        reply.Headers["Access-Control-Allow-Methods"].ShouldContain("DELETE");
        reply.Headers["Access-Control-Max-Age"].ShouldBe("86400");
    }
}
