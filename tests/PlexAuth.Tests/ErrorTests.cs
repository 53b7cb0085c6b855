using System.Net;

namespace PlexAuth.Tests;

public sealed class ErrorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unauthorized", 401, typeof(PlexUnauthorizedException), 1001)]
    [InlineData("verification-code-required", 401, typeof(PlexTwoFactorRequiredException), 1029)]
    [InlineData("verification-code-invalid", 401, typeof(PlexVerificationCodeException), 1028)]
    [InlineData("email-only", 401, typeof(PlexUnauthorizedException), 1030)]
    [InlineData("locked-out", 401, typeof(PlexLockedOutException), 1031)]
    [InlineData("client-identifier-missing", 400, typeof(PlexBadRequestException), 1000)]
    [InlineData("bad-request", 400, typeof(PlexBadRequestException), 1004)]
    [InlineData("rate-limited", 429, typeof(PlexRateLimitedException), 1003)]
    public async Task Each_refusal_of_a_sign_in_has_its_type_in_both_formats(string file, int status, Type type, int code)
    {
        foreach (var format in (string[])["json", "xml"])
        {
            var refused = await SignInAsync((HttpStatusCode)status, Wire.Bytes($"errors/{file}.{format}"));

            refused.ShouldBeOfType(type);
            refused.StatusCode.ShouldBe((HttpStatusCode)status);
            refused.Operation.ShouldBe("sign-in");
            var error = refused.Errors.ShouldHaveSingleItem();
            (error.Code.Value, error.Status).ShouldBe((code, status));
            refused.Message.ShouldContain(error.Message);
        }
    }

    [Theory]
    [InlineData(400, typeof(PlexBadRequestException))]
    [InlineData(401, typeof(PlexUnauthorizedException))]
    [InlineData(403, typeof(PlexForbiddenException))]
    [InlineData(404, typeof(PlexNotFoundException))]
    [InlineData(405, typeof(PlexException))]
    [InlineData(422, typeof(PlexException))]
    [InlineData(429, typeof(PlexRateLimitedException))]
    [InlineData(498, typeof(PlexUnauthorizedException))]
    [InlineData(500, typeof(PlexServerException))]
    [InlineData(503, typeof(PlexServerException))]
    [InlineData(302, typeof(PlexProtocolException))]
    public async Task An_empty_body_leaves_the_status_to_decide(int status, Type type)
    {
        var refused = await SignInAsync((HttpStatusCode)status, []);

        refused.ShouldBeOfType(type);
        refused.Errors.ShouldBeEmpty();
        refused.Message.ShouldContain($"(HTTP {status})");
    }

    [Fact]
    public async Task The_message_says_what_happened_and_what_to_do()
    {
        var refused = await SignInAsync(HttpStatusCode.Unauthorized, Wire.Bytes("errors/unauthorized.json"));

        refused.Message.ShouldBe(
            "Plex refused the sign-in: User could not be authenticated (code 1001, HTTP 401). "
            + "Check login and password; accounts made with Google or Apple have no password: use the browser sign-in.");
    }

    [Theory]
    [InlineData("errors/legacy-invalid-token.json", 422, "Invalid token")]
    [InlineData("errors/legacy-locked.xml", 401, "Your account is locked.")]
    [InlineData("errors/sharing-response.xml", 422, "Already Exists")]
    public async Task Errors_of_older_endpoints_are_read(string file, int status, string message) =>
        (await SignInAsync((HttpStatusCode)status, Wire.Bytes(file))).Errors.ShouldHaveSingleItem().Message.ShouldBe(message);

    [Fact]
    public async Task An_error_without_status_is_read()
    {
        var error = (await SignInAsync(HttpStatusCode.NotFound, Wire.Bytes("errors/pin-not-found-without-status.json"))).Errors.ShouldHaveSingleItem();

        error.ShouldBe(new PlexError(PlexErrorCode.PinNotFound, "Code not found or expired"));
    }

    [Theory]
    [InlineData("""{"errors":null}""")]
    [InlineData("""{"errors":[null,1]}""")]
    [InlineData("""{"errors":{}}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"no\"")]
    [InlineData("{\"errors\":[{\"code\":")]
    [InlineData("<errors>")]
    [InlineData("oops")]
    public async Task Odd_error_bodies_still_give_the_type_of_their_status(string body) =>
        (await SignInAsync(HttpStatusCode.Unauthorized, System.Text.Encoding.UTF8.GetBytes(body))).ShouldBeOfType<PlexUnauthorizedException>();

    [Fact]
    public async Task Retry_after_and_request_id_are_passed_on()
    {
        var refused = await SignInAsync(HttpStatusCode.TooManyRequests, [], response =>
        {
            response.Headers.TryAddWithoutValidation("Retry-After", "90");
            response.Headers.TryAddWithoutValidation("X-Request-Id", "req-1");
        });

        refused.ShouldBeOfType<PlexRateLimitedException>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(90));
        refused.RequestId.ShouldBe("req-1");
        refused.Message.ShouldContain("Wait 90 s");
    }

    [Theory]
    [InlineData(200, "account/user.json", PlexTokenStatus.Valid)]
    [InlineData(401, "errors/unauthorized.json", PlexTokenStatus.Invalid)]
    [InlineData(498, null, PlexTokenStatus.Expired)]
    [InlineData(403, null, PlexTokenStatus.ServerError)]
    [InlineData(404, null, PlexTokenStatus.ServerError)]
    [InlineData(422, null, PlexTokenStatus.ServerError)]
    [InlineData(429, null, PlexTokenStatus.RateLimited)]
    [InlineData(500, null, PlexTokenStatus.ServerError)]
    [InlineData(200, "media-server/unauthorized.html", PlexTokenStatus.Unreachable)]
    [InlineData(302, null, PlexTokenStatus.Unreachable)]
    public async Task Only_401_means_an_invalid_token(int status, string? file, PlexTokenStatus expected)
    {
        var stub = new StubHandler().On("GET /api/v2/user", (HttpStatusCode)status, file is null ? [] : Wire.Bytes(file));

        (await Client.Over(stub).VerifyAsync(cancellationToken: Cancellation)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_401_for_what_needs_no_token_does_not_send_people_to_check_their_password()
    {
        var stub = new StubHandler().On("GET /api/v2/auth/nonce", HttpStatusCode.Unauthorized);
        using var plex = new PlexClient(new HttpClient(stub), Client.Options());

        var refused = await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Keys.GetNonceAsync(cancellationToken: Cancellation));

        refused.Message.ShouldBe("Plex refused the nonce (HTTP 401). "
            + "No token is needed for that: check the configured address, and that nothing in between, such as a captive portal, answers for it.");
    }

    [Fact]
    public async Task Whoever_may_not_mint_is_not_sent_to_the_servers_owner_who_has_nothing_to_do_with_it()
    {
        var client = Client.Over(new StubHandler().On("POST /security/token?type=delegation&scope=all", HttpStatusCode.Forbidden));

        var refused = await Should.ThrowAsync<PlexForbiddenException>(() => client.GetTransientTokenAsync(cancellationToken: Cancellation));

        refused.Message.ShouldBe("Plex refused the transient token (HTTP 403). Ask with a token of an account that has access to this server; a transient one makes no other.");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        var stub = new StubHandler();
        var client = Client.Over(stub, o => o.Credential = null);

        (await Should.ThrowAsync<PlexSignInRequiredException>(() => client.GetTokenDetailsAsync(cancellationToken: Cancellation))).Message.ShouldContain("SignInAsync");
        await Should.ThrowAsync<PlexSignInRequiredException>(() => client.VerifyAsync(cancellationToken: Cancellation));
        stub.Requests.ShouldBeEmpty();
    }

    private static async Task<PlexException> SignInAsync(HttpStatusCode status, byte[] body, Action<HttpResponseMessage>? adjust = null)
    {
        var client = Client.Over(new StubHandler().On("POST /api/v2/users/signin", status, body, adjust));
        return await Should.ThrowAsync<PlexException>(() => client.SignInAsync("login", "password123", cancellationToken: Cancellation));
    }
}
