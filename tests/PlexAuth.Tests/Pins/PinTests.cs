namespace PlexAuth.Tests.Pins;

public sealed class PinTests
{
    [Fact]
    public async Task A_pin_has_every_documented_field()
    {
        await using var service = await PinService.StartAsync();
        service.On("POST /api/v2/pins", 201, PinAnswers.Pending);
        using var plex = Clients.Of(service);

        var pin = await plex.Pins.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

        ShouldBeTheDocumentedPin(pin);
        pin.NewRegistration.ShouldBeNull();
        pin.AdditionalProperties.Keys.ShouldBe(["brandNew"]);
    }

    [Fact]
    public async Task A_pin_in_xml_is_the_same_pin()
    {
        await using var service = await PinService.StartAsync();
        service.On("POST /api/v2/pins", 201, PinAnswers.PendingXml, "application/xml; charset=utf-8");
        using var plex = Clients.Of(service);

        ShouldBeTheDocumentedPin(await plex.Pins.CreateAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_strong_pin_is_asked_for_with_the_identity_and_without_a_token()
    {
        await using var service = await PinService.StartAsync();
        service.On("POST /api/v2/pins?strong=true", 201, PinAnswers.Pending);
        using var plex = Clients.Of(service, options => options.Credential = PlexCredential.FromToken("some-token"));

        await plex.Pins.CreateAsync(new PlexPinRequest { Strong = true }, cancellationToken: TestContext.Current.CancellationToken);

        var headers = service.Requests.Single().Headers;
        headers[PlexHeaders.ClientIdentifier].ShouldBe("my-app-7f3c");
        headers[PlexHeaders.Product].ShouldBe("My App");
        headers["Accept"].ShouldBe("application/json");
        headers.Keys.ShouldNotContain(PlexHeaders.Token);
        headers.Keys.ShouldNotContain("Origin");
    }

    [Fact]
    public async Task A_web_app_asks_in_the_name_of_the_origin_the_browser_returns_to()
    {
        await using var service = await PinService.StartAsync();
        service.On("POST /api/v2/pins", 201, PinAnswers.Pending);
        using var plex = Clients.Of(service);

        await plex.Pins.CreateAsync(new PlexPinRequest { ForwardUrl = new("https://app.example:8443/back?x=1") }, cancellationToken: TestContext.Current.CancellationToken);

        service.Requests.Single().Headers["Origin"].ShouldBe("https://app.example:8443");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://app.example/")]
    [InlineData("/relative")]
    [InlineData("https://user@app.example/")]
    public void A_forward_url_that_sign_in_pages_refuse_is_refused_here(string url) =>
        Should.Throw<ArgumentException>(() => new PlexPinRequest { ForwardUrl = new(url, UriKind.RelativeOrAbsolute) }).Message.ShouldContain("http or https");

    [Fact]
    public async Task Linking_sends_the_typed_code_with_the_token_of_the_account()
    {
        await using var service = await PinService.StartAsync();
        service.On("PUT /api/v2/pins/link", 204, "");
        using var plex = Clients.Of(service, options => options.Credential = PlexCredential.FromToken("some-token"));

        await plex.Pins.LinkAsync(" 7RQZ ", cancellationToken: TestContext.Current.CancellationToken);

        var request = service.Requests.Single();
        request.Form.ShouldBe(new Dictionary<string, string> { ["code"] = "7RQZ" });
        request.Headers[PlexHeaders.Token].ShouldBe("some-token");
        request.Headers[PlexHeaders.Product].ShouldBe("Plex SSO");
        request.Headers[PlexHeaders.ClientIdentifier].ShouldBe("my-app-7f3c");
    }

    [Fact]
    public async Task Linking_an_unknown_code_says_so()
    {
        await using var service = await PinService.StartAsync();
        service.On("PUT /api/v2/pins/link", 404, """{"errors":[{"code":1020,"message":"Code 7RQZ not found or expired"}]}""");
        using var plex = Clients.Of(service, options => options.Credential = PlexCredential.FromToken("some-token"));

        var refusal = await Should.ThrowAsync<PlexPinExpiredException>(plex.Pins.LinkAsync("7RQZ", cancellationToken: TestContext.Current.CancellationToken));

        refusal.Errors.Single().Code.ShouldBe(PlexErrorCode.PinNotFound);
        refusal.ToString().ShouldNotContain("7RQZ");
        refusal.Errors.Single().Message.ShouldNotContain("7RQZ");
    }

    [Fact]
    public async Task Looking_at_a_claimed_pin_does_not_sign_the_client_in()
    {
        await using var service = await PinService.StartAsync();
        service.On("GET /api/v2/pins/308667304", 200, PinAnswers.Claimed);
        using var plex = Clients.Of(service);

        var pin = await plex.Pins.GetAsync(308667304, cancellationToken: TestContext.Current.CancellationToken);

        pin.AuthToken.ShouldBe(new PlexToken(PinAnswers.Token));
        await Should.ThrowAsync<PlexSignInRequiredException>(plex.Authentication.GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_pin_shows_neither_code_nor_token() =>
        new PlexPin { Id = 1, Code = "7RQZ", AuthToken = new PlexToken(PinAnswers.Token) }.ToString().ShouldBe("PlexPin(1)");

    private static void ShouldBeTheDocumentedPin(PlexPin pin)
    {
        pin.Id.ShouldBe(308667304);
        pin.Code.ShouldBe("7RQZ");
        pin.Product.ShouldBe("Tautulli");
        pin.Trusted.ShouldBeFalse();
        pin.Qr.ShouldBe(new Uri("https://plex.tv/api/v2/pins/qr/7RQZ"));
        pin.ClientIdentifier.ShouldBe("my-app-7f3c");
        pin.ExpiresIn.ShouldBe(TimeSpan.FromMinutes(15));
        pin.CreatedAt.ShouldBe(new DateTimeOffset(2024, 7, 16, 17, 3, 5, TimeSpan.Zero));
        pin.ExpiresAt.ShouldBe(new DateTimeOffset(2024, 7, 16, 17, 18, 5, TimeSpan.Zero));
        pin.AuthToken.ShouldBeNull();
        pin.Location.ShouldBe(new PlexPinLocation
        {
            Code = "NL",
            ContinentCode = "EU",
            Country = "Netherlands",
            City = "Breda",
            TimeZone = "Europe/Amsterdam",
            PostalCode = "4814",
            Subdivisions = "North Brabant",
            Coordinates = "51.5869, 4.7471",
            EuropeanUnionMember = true,
            InPrivacyRestrictedCountry = true,
            InPrivacyRestrictedRegion = false,
        });
    }
}
