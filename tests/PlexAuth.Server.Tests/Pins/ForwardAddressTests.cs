using PlexAuth.Server.Pins;

namespace PlexAuth.Server.Tests.Pins;

[Requirement("T13")]
public sealed class ForwardAddressTests
{
    private const string Origin = "https://app.example";

    [Theory]
    [InlineData("https://app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/login/plex/loading")]
    [InlineData("https://app.example?pin=1")]
    [InlineData("https://app.example#done")]
    [InlineData("HTTPS://APP.EXAMPLE/x")]
    [InlineData("https://app.example:443/x")]
    [InlineData("https://app.example/a?next=https://evil.example/")]
    public void The_origin_that_asked_is_gone_back_to_without_a_question(string url)
    {
        var forward = ForwardAddress.Judge(url, [Origin]).ShouldNotBeNull();

        forward.Automatic.ShouldBeTrue();
        forward.Host.ShouldBe("app.example");
        forward.Url.ShouldBe(url);
    }

    [Theory]
    [InlineData("http://app.example/", "app.example")]
    [InlineData("https://app.example:8443/", "app.example:8443")]
    [InlineData("https://app.example.evil.example/", "app.example.evil.example")]
    [InlineData("https://evil.example/https://app.example/", "evil.example")]
    [InlineData("https://evil.example?https://app.example", "evil.example")]
    [InlineData("https://evil.example#@app.example", "evil.example")]
    [InlineData("https://evil.example/@app.example", "evil.example")]
    [InlineData("https://notapp.example/", "notapp.example")]
    [InlineData("https://xn--pp-fka.example/", "xn--pp-fka.example")]
    [InlineData("http://192.168.1.10:5055/login", "192.168.1.10:5055")]
    [InlineData("http://[::1]:5055/login", "[::1]:5055")]
    [InlineData("http://localhost:5055/", "localhost:5055")]
    [InlineData("http://my_box/", "my_box")]
    public void Any_other_site_needs_a_click_and_is_named(string url, string host)
    {
        var forward = ForwardAddress.Judge(url, [Origin, null]).ShouldNotBeNull();

        forward.Automatic.ShouldBeFalse();
        forward.Host.ShouldBe(host);
    }

    public static TheoryData<string> Hostile =>
    [
        "", " ", "/", "//evil.example", "//evil.example/", @"/\evil.example", @"\\evil.example", "///evil.example", "evil.example", "https:evil.example",
        "https:/evil.example", "https:///evil.example", @"https:\\evil.example", @"https://app.example\@evil.example", @"https://app.example\.evil.example",
        "https://", "https://?", "https:///", "http:", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
        "javascript://app.example/%0aalert(1)", "javascript:https://app.example", " javascript:alert(1)", "\u0001javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=", "blob:https://app.example/1b4e28ba", "filesystem:https://app.example/x", "vbscript:msgbox", "about:blank", "file:///etc/passwd",
        "ftp://app.example/", "ws://app.example/", "wss://app.example/", "intent://app.example/#Intent;end", "plex://app.example", "myapp://callback", "mailto:a@app.example",
        "view-source:https://app.example", "feed:https://app.example", "jar:https://app.example!/", "https://app.example@evil.example/", "https://user:secret@app.example/",
        "https://@app.example/", "https://app.example:@evil.example/", "https://app.example%40evil.example/", "https://app.example%2eevil.example/",
        "https://app.example%00.evil.example/", "https://app.example%0d%0aSet-Cookie:x=1/", "https://app.example\r\nLocation: https://evil.example/", "https://app.example\u0000.evil.example/",
        "https://app.example\t/", "\thttps://app.example/", "https://app.example/ x", "https:// app.example/", "https://app.example /", "https://app.example\u00a0.evil.example/",
        "https://\u0430pp.example/", "https://app\u3002example/", "https://app.example\uff0fevil.example/", "https://app.example\u2025evil.example/", "https://\u2100.example/",
        "https://ap\u00adp.example/", "https://\u202eelpmaxe.ppa/", "https://app.example\ufeff/", "https://app..example/", "https://.app.example/", "https://app.example./",
        "https://app.example:/", "https://app.example:99999/", "https://app.example:-1/", "https://app.example:4 43/", "https://app.example:443evil/", "https://app.example:0x1bb/",
        "https://[app.example]/", "https://[::1/", "https://::1/", "https://[::1]evil.example/", "https://[::ffff:127.0.0.1%25eth0]/", "https://0x7f.1/", "https://0x7f000001/",
        "https://2130706433/", "https://127.1/", "https://0177.0.0.1/", "https://app,example/", "https://app;example/", "https://app!example/", "https://app*example/",
        "https://*/", "https://<script>/", "https://app.example<script>/", "https://\"app.example\"/", "https://'app.example'/", "https://app.example|evil.example/",
        "https://app.example^evil/", "https://`app`/", "https://{app}/", "https://app.example&evil.example/", "https://app.example=evil/", "https://(app)/", "https://~app/",
        "http//app.example", "http:/app.example", "httpss://app.example/", "xhttps://app.example/", "https;//app.example", "https://\u0001app.example/", "https://app.example\u007f/",
        "https://app.example\u0085/", "[https://app.example/]", "<https://app.example/>", "\"https://app.example/\"", "'https://app.example/'", "(https://app.example/)",
        "https%3A%2F%2Fapp.example%2F", "https:%2F%2Fapp.example", "?https://app.example", "#https://app.example", "@https://app.example",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nobody_is_sent_to_an_address_that_browsers_and_servers_could_read_differently(string url) =>
        ForwardAddress.Judge(url, [Origin, "https://evil.example"]).ShouldBeNull();

    [Fact]
    public void An_endless_address_is_refused() => ForwardAddress.Judge($"{Origin}/{new string('a', 5000)}", [Origin]).ShouldBeNull();

    [Theory]
    [InlineData("https://App.Example:443", "https://app.example")]
    [InlineData("http://app.example:80", "http://app.example")]
    [InlineData("http://192.168.1.10:5055", "http://192.168.1.10:5055")]
    [InlineData("null", null)]
    [InlineData("", null)]
    [InlineData("chrome-extension://abc", null)]
    [InlineData("https://app.example/path", null)]
    public void Origins_have_one_spelling(string origin, string? expected) => ForwardAddress.OriginOf(origin).ShouldBe(expected);
}
