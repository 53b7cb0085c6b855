namespace PlexAuth.Interop.Tests.Replay;

/// <summary>What each documented SDK turns into its typed errors: JSON with <c>errors</c>, at exactly 400 or 401.</summary>
public sealed class DocumentedSdkErrorTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<string> Sdks => [.. DocumentedSdk.All];

    public static TheoryData<string> UnidentifiedSdks => [.. DocumentedSdk.Unidentified];

    public static MatrixTheoryData<string, string> Calls =>
        new(DocumentedSdk.All, ["GetTransientToken", "GetSourceConnectionInformation", "GetTokenDetails"]);

    [Theory, MemberData(nameof(Calls))]
    public async Task Unknown_token_is_refused(string sdk, string operation)
    {
        var request = RecordedRequest.Load(sdk, operation).With("token", Personas.UnknownToken).With("machine", Personas.LivingRoom);

        (await SendAsync(request)).ShouldBeError(401, 1001);
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Media_server_refuses_a_call_without_a_token(string sdk)
    {
        (await SendAsync(RecordedRequest.Load(sdk, "GetTransientToken").Without("token"))).ShouldBeError(401, 1001);
    }

    [Theory, MemberData(nameof(UnidentifiedSdks))]
    public async Task Account_service_asks_for_the_client_identifier_where_there_is_no_token_either(string sdk)
    {
        (await SendAsync(RecordedRequest.Load(sdk, "GetTokenDetails").Without("token"))).ShouldBeError(400, 1000);
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Sign_in_asks_for_the_client_identifier(string sdk)
    {
        var request = SignIn(sdk, "alice", "alice-password").Without("code").Without("client");

        (await SendAsync(request)).ShouldBeError(400, 1000, "X-Plex-Client-Identifier is missing");
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Wrong_password_is_refused(string sdk)
    {
        var request = SignIn(sdk, $"{sdk}@example.com", "not the password").Without("code");

        (await SendAsync(request)).ShouldBeError(401, 1001, "User could not be authenticated");
    }

    [Fact]
    public async Task Missing_and_wrong_verification_codes_are_told_apart()
    {
        var request = SignIn("plexpy-0.33", "carol@example.com", "carol-password");

        (await SendAsync(request.Without("code"))).ShouldBeError(401, 1029, "verification code");
        (await SendAsync(request.With("code", "000000"))).ShouldBeError(401, 1028, "verification code");
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Documented_example_source_is_unknown(string sdk)
    {
        var request = RecordedRequest.Load(sdk, "GetSourceConnectionInformation").With("token", Personas.AliceToken);

        (await SendAsync(request.With("machine", "client-identifier"))).ShouldBeError(400, 1004);
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Source_connections_are_for_the_owner(string sdk)
    {
        var request = RecordedRequest.Load(sdk, "GetSourceConnectionInformation").With("token", Personas.BobToken);

        (await SendAsync(request.With("machine", Personas.LivingRoom))).ShouldBeError(403, 1046);
    }

    private static RecordedRequest SignIn(string sdk, string login, string password) =>
        RecordedRequest.Load(sdk, "SignIn").With("login", login).With("password", password);

    private Task<RawAnswer> SendAsync(RecordedRequest request) =>
        RawHttp.SendAsync(server.Address, request.With("client", "documented-sdk-1"), TestContext.Current.CancellationToken);
}
