namespace PlexAuth.Tests;

public sealed class IdentityTests
{
    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("")]
    public void A_value_that_would_break_out_of_its_header_is_refused(string value)
    {
        Should.Throw<ArgumentException>(() => new PlexClientIdentity("id", value));
        Should.Throw<ArgumentException>(() => new PlexClientIdentity("id") { DeviceName = value });
        Should.Throw<ArgumentException>(() => new PlexClientIdentity("id") with { Language = value });
        Should.Throw<ArgumentException>(() => new PlexClientIdentity(value));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("semi;colon")]
    public void A_client_identifier_has_only_letters_digits_and_few_signs(string identifier) =>
        Should.Throw<ArgumentException>(() => new PlexClientIdentity(identifier));

    [Fact]
    public void A_value_has_at_most_256_characters()
    {
        new PlexClientIdentity(new string('a', 256)) { DeviceName = new string('ä', 256) }.ClientIdentifier.Length.ShouldBe(256);

        Should.Throw<ArgumentException>(() => new PlexClientIdentity(new string('a', 257)));
        Should.Throw<ArgumentException>(() => new PlexClientIdentity("a") { DeviceName = new string('ä', 257) }).Message.ShouldContain("DeviceName");
    }

    [Fact]
    public async Task Values_in_any_language_arrive_as_utf8()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", """{"id":1,"authToken":"t"}"""));
        using var plex = new PlexClient(Client.Options(o =>
        {
            o.AccountUrl = server.Url;
            o.Identity = new PlexClientIdentity("id", "Mein Fernsehgerät") { DeviceName = "客厅 📺" };
        }));

        await plex.Authentication.GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken);

        var sent = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(server.Requests.First()));
        sent.ShouldContain("X-Plex-Product: Mein Fernsehgerät\r\n");
        sent.ShouldContain("X-Plex-Device-Name: 客厅 📺\r\n");
    }

    [Fact]
    public async Task A_callers_own_HttpClient_that_cannot_send_them_is_named_at_once()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", """{"id":1,"authToken":"t"}"""));
        var time = new FakeTimeProvider();
        using var http = new HttpClient();
        using var plex = new PlexClient(http, Client.Options(o =>
        {
            (o.AccountUrl, o.Retry, o.TimeProvider) = (server.Url, PlexRetry.Default, time);
            o.Identity = new PlexClientIdentity("id") { DeviceName = "Zoë" };
        }));

        var failed = await Should.ThrowAsync<InvalidOperationException>(
            () => plex.Authentication.GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken));

        failed.Message.ShouldContain("RequestHeaderEncodingSelector");
        time.Waits.ShouldBeEmpty();
    }
}
