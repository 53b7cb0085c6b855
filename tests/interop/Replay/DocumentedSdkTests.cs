namespace PlexAuth.Interop.Tests.Replay;

/// <summary>Each documented operation as each documented SDK sends it. The status must be exact: 200, and 201 for a sign-in.</summary>
public sealed class DocumentedSdkTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<string> Sdks => [.. DocumentedSdk.All];

    [Theory, MemberData(nameof(Sdks))]
    public async Task Transient_token_is_given_as_the_sdk_asks(string sdk)
    {
        var answer = await SendAsync(RecordedRequest.Load(sdk, "GetTransientToken").With("token", Personas.AliceToken));

        answer.ShouldBeJson(200);
        answer.Json().GetProperty("MediaContainer").GetProperty("token").GetString()!.ShouldStartWith("transient-");
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Source_connections_are_given_as_the_sdk_asks(string sdk)
    {
        var request = RecordedRequest.Load(sdk, "GetSourceConnectionInformation").With("token", Personas.AliceToken);

        var answer = await SendAsync(request.With("machine", Personas.LivingRoom));

        answer.ShouldBeJson(200);
        var device = answer.Json().GetProperty("MediaContainer").GetProperty("Device");
        device.GetProperty("clientIdentifier").GetString().ShouldBe(Personas.LivingRoom);
        device.GetProperty("name").GetString().ShouldBe("Living Room");
        device.GetProperty("accessToken").GetString().ShouldNotBeNullOrEmpty();
        foreach (var connection in device.GetProperty("Connection").EnumerateArray())
        {
            connection.GetProperty("port").GetInt32().ShouldBeGreaterThan(0);
            connection.GetProperty("local").GetBoolean();
            connection.GetProperty("uri").GetString()!.ShouldStartWith(connection.GetProperty("protocol").GetString()!);
        }
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Token_details_have_every_field_in_the_shape_the_sdk_reads(string sdk)
    {
        var answer = await SendAsync(RecordedRequest.Load(sdk, "GetTokenDetails").With("token", Personas.AliceToken));

        answer.ShouldBeJson(200);
        answer.Json().ShouldSuit(DocumentedSdk.ShapeOf(sdk));
        answer.Json().GetProperty("username").GetString().ShouldBe("alice");
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task A_managed_users_details_are_read_as_well(string sdk)
    {
        var answer = await SendAsync(RecordedRequest.Load(sdk, "GetTokenDetails").With("token", Personas.ErinToken));

        answer.ShouldBeJson(200);
        answer.Json().ShouldSuit(DocumentedSdk.ShapeOf(sdk));
        answer.Json().GetProperty("title").GetString().ShouldBe("erin");
    }

    [Theory, MemberData(nameof(Sdks))]
    public async Task Sign_in_gives_an_account_whose_token_works(string sdk)
    {
        var request = RecordedRequest.Load(sdk, "SignIn").With("login", "alice@example.com").With("password", "alice-password");

        var answer = await SendAsync(request.With("code", "123456"));

        answer.ShouldBeJson(201);
        var account = answer.Json();
        account.ShouldSuit(DocumentedSdk.ShapeOf(sdk));
        account.GetProperty("pastSubscriptions").GetArrayLength().ShouldBe(0);
        account.GetProperty("trials").GetArrayLength().ShouldBe(0);
        var token = account.GetProperty("authToken").GetString()!;
        (await SendAsync(RecordedRequest.Load(sdk, "GetTokenDetails").With("token", token))).ShouldBeJson(200);
    }

    [Fact]
    public async Task Second_factor_goes_in_the_field_of_its_own()
    {
        var request = RecordedRequest.Load("plexpy-0.29", "SignIn").With("login", "carol").With("password", "carol-password");

        var answer = await SendAsync(request.With("code", Personas.CarolCode()));

        answer.ShouldBeJson(201);
    }

    private Task<RawAnswer> SendAsync(RecordedRequest request) =>
        RawHttp.SendAsync(server.Address, request.With("client", "documented-sdk-1"), TestContext.Current.CancellationToken);
}
