namespace PlexAuth.Tests.Pins;

public sealed class PinAddressTests
{
    [Fact]
    public async Task Everything_about_the_app_is_in_the_fragment_and_escaped()
    {
        var identity = new PlexClientIdentity("my-app-7f3c", product: "Fernseh & Kino = süß #1")
        {
            Version = "2.0",
            Platform = "Android",
            PlatformVersion = "15",
            Device = "TV",
            DeviceName = "Living Room",
            Model = "4200X",
            DeviceVendor = "Acme+Co",
        };

        var signIn = await StartAsync(options => options.Identity = identity, new PlexPinRequest { ForwardUrl = new("https://app.example/back?state=a%20b&x=ü") });

        var (page, fragment) = (signIn.Address.Split('#')[0], signIn.Address.Split('#')[1]);
        page.ShouldEndWith("/auth");
        fragment.ShouldStartWith("?");
        Fields(fragment).ShouldBe(new Dictionary<string, string>
        {
            ["clientID"] = "my-app-7f3c",
            ["code"] = "7RQZ",
            ["forwardUrl"] = "https://app.example/back?state=a%20b&x=%C3%BC",
            ["context[device][product]"] = "Fernseh & Kino = süß #1",
            ["context[device][version]"] = "2.0",
            ["context[device][platform]"] = "Android",
            ["context[device][platformVersion]"] = "15",
            ["context[device][device]"] = "TV",
            ["context[device][deviceName]"] = "Living Room",
            ["context[device][model]"] = "4200X",
            ["context[device][vendor]"] = "Acme+Co",
        });
        signIn.Address.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || ":/?#&=%-._~".Contains(c));
    }

    [Fact]
    public async Task What_is_not_known_is_left_out()
    {
        var signIn = await StartAsync(options => options.Identity = new("my-app-7f3c"));

        signIn.Address.ShouldEndWith("/auth#?clientID=my-app-7f3c&code=7RQZ");
    }

    [Theory]
    [InlineData("https://plex.tv/api/v2", "https://app.plex.tv/auth", "https://plex.tv/link")]
    [InlineData("https://clients.plex.tv/api/v2/", "https://app.plex.tv/auth", "https://plex.tv/link")]
    [InlineData("https://notplex.tv/api/v2", "https://notplex.tv/auth", "https://notplex.tv/link")]
    [InlineData("http://127.0.0.1:32400/api/v2", "http://127.0.0.1:32400/auth", "http://127.0.0.1:32400/link")]
    [InlineData("https://home.example/plex/api/v2/", "https://home.example/plex/auth", "https://home.example/plex/link")]
    [InlineData("https://accounts.example", "https://accounts.example/auth", "https://accounts.example/link")]
    public async Task The_pages_are_those_of_the_account_service(string accountUrl, string authPage, string linkPage)
    {
        var signIn = await StartAsync(options => options.AccountUrl = new(accountUrl));

        signIn.Address.ShouldStartWith(authPage + "#?");
        signIn.LinkAddress.ShouldBe(linkPage);
    }

    [Fact]
    public async Task The_page_may_be_anywhere()
    {
        var signIn = await StartAsync(options => options.AuthPageUrl = new("https://login.example/plex"));

        signIn.Address.ShouldStartWith("https://login.example/plex#?clientID=");
    }

    [Fact]
    public void A_page_with_a_fragment_of_its_own_is_refused() =>
        Should.Throw<InvalidOperationException>(() => new PlexClient(new PlexClientOptions { Identity = new("a"), AuthPageUrl = new("https://login.example/#x") }))
            .Message.ShouldContain("AuthPageUrl");

    [Fact]
    public async Task A_flow_shows_neither_code_nor_address() => (await StartAsync()).ToString().ShouldBe("PlexPinSignIn(308667304)");

    private static async Task<PlexPinSignIn> StartAsync(Action<PlexClientOptions>? configure = null, PlexPinRequest? request = null)
    {
        await using var service = await PinService.StartAsync();
        service.On("POST /api/v2/pins", 201, PinAnswers.Pending);
        var options = new PlexClientOptions { Identity = new("my-app-7f3c"), AccountUrl = service.AccountUrl };
        configure?.Invoke(options);
        using var handler = new ToLoopback(service.AccountUrl);
        using var http = new HttpClient(handler);
        using var plex = new PlexClient(http, options);
        return await plex.Pins.StartSignInAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, string> Fields(string query) =>
        query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));

    /// <summary>Lets a client configured for any host speak to the stub.</summary>
    private sealed class ToLoopback(Uri target) : DelegatingHandler(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var original = request.RequestUri;
            request.RequestUri = new Uri(target.AbsoluteUri + "/pins");
            var response = await base.SendAsync(request, cancellationToken);
            request.RequestUri = original;
            return response;
        }
    }
}
