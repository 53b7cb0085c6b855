using System.IO.Compression;
using System.Net;
using System.Text;

namespace PlexAuth.Tests;

/// <summary>Bodies made to hurt: each ends as a typed failure or an account, soon.</summary>
public sealed class HostileAnswerTests
{
    private const string Dtd = """<?xml version="1.0"?><!DOCTYPE user [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><user id="1" authToken="&b;"/>""";

    private static readonly Dictionary<string, byte[]> Bodies = new(StringComparer.Ordinal)
    {
        ["empty"] = [],
        ["white space"] = "  \r\n "u8.ToArray(),
        ["text"] = "Welcome to the hotel"u8.ToArray(),
        ["a number"] = "1e400"u8.ToArray(),
        ["null"] = "null"u8.ToArray(),
        ["an array"] = "[]"u8.ToArray(),
        ["nothing in it"] = "{}"u8.ToArray(),
        ["zeros"] = new byte[1000],
        ["noise"] = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 % 256))],
        ["deep JSON"] = Encoding.ASCII.GetBytes(new string('[', 100_000)),
        ["deep JSON objects"] = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"user\":", 100_000))),
        ["a token below the depth limit"] = Encoding.ASCII.GetBytes($$"""{"x":{{new string('[', 40)}}{{new string(']', 40)}},"authToken":"too-late-token"}"""),
        ["a million names"] = Encoding.ASCII.GetBytes("{" + string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"\"k{i}\":1")) + "}"),
        ["JSON in UTF-16"] = Encoding.Unicode.GetBytes("""{"id":1,"authToken":"t"}"""),
        ["a DTD"] = Encoding.UTF8.GetBytes(Dtd),
        ["an external entity"] = """<!DOCTYPE u [<!ENTITY e SYSTEM "file:///etc/passwd">]><user id="1" username="x">&e;</user>"""u8.ToArray(),
        ["a parameter entity"] = """<!DOCTYPE u [<!ENTITY % e SYSTEM "http://127.0.0.1:1/e"> %e;]><user/>"""u8.ToArray(),
        ["an unknown entity"] = "<user>&nbsp;</user>"u8.ToArray(),
        ["deep XML"] = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<aaaaa>", 200_000))),
        ["many nodes"] = Encoding.ASCII.GetBytes("<user>" + string.Concat(Enumerable.Repeat("<a/>", 300_000)) + "</user>"),
        ["many attributes"] = Encoding.ASCII.GetBytes("<user " + string.Join(' ', Enumerable.Range(0, 150_000).Select(i => $"a{i}=\"\"")) + "/>"),
        ["a huge attribute before the rest"] = Encoding.ASCII.GetBytes($"<user x=\"{new string('a', 70_000)}\" id=\"1\" authToken=\"t\"/>"),
        ["a HTML page"] = "<!DOCTYPE html><html><body>Sign in to the Wi-Fi</body></html>"u8.ToArray(),
        ["well-formed HTML"] = Wire.Bytes("media-server/unauthorized.html"),
        ["XML in an unknown encoding"] = """<?xml version="1.0" encoding="x-klingon"?><user id="1" authToken="t"/>"""u8.ToArray(),
        ["XML with bytes its encoding lacks"] = [.. """<?xml version="1.0" encoding="UTF-8"?><user title=" """u8, 0xFF, 0xFE, .. "\" id=\"1\"/>"u8],
    };

    public static TheoryData<string> Nonsense => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_is_a_protocol_failure_at_once(string what)
    {
        // Generous: what is guarded against takes minutes and gigabytes. On a thread of its own, as others allocate on those of the pool.
        var allocated = await Task.Factory.StartNew(() => AllocatedBy(Bodies[what]), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        allocated.ShouldBeLessThan(256L * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task The_same_nonsense_as_an_error_leaves_the_status_to_decide(string what)
    {
        var client = Client.Over(new StubHandler().On("GET /api/v2/user", HttpStatusCode.Forbidden, Bodies[what]));

        await Should.ThrowAsync<PlexForbiddenException>(() => client.GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Xml_in_other_encodings_and_with_a_mark_is_read()
    {
        const string Text = """<user id="1" authToken="t" title="Zoë"/>""";
        byte[][] bodies =
        [
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            Encoding.Latin1.GetBytes("""<?xml version="1.0" encoding="ISO-8859-1"?>""" + Text),
        ];

        foreach (var body in bodies)
            (await Client.ReadAccountAsync(body)).Title.ShouldBe("Zoë");
    }

    [Fact]
    public async Task Json_with_a_byte_order_mark_is_read() =>
        (await Client.ReadAccountAsync([.. Encoding.UTF8.Preamble, .. """{"id":7,"authToken":"t"}"""u8])).Id.ShouldBe(7);

    [Fact]
    public async Task Text_that_is_no_valid_utf8_costs_only_itself()
    {
        var account = await Client.ReadAccountAsync([.. "{\"title\":\"a"u8, 0xFF, .. "b\",\"username\":\"\\ud800\",\"\\ud800\":1,\"authToken\":\"t\"}"u8]);

        account.AuthToken.Reveal().ShouldBe("t");
        account.Title.ShouldBe("a\uFFFDb");
    }

    [Fact]
    public async Task Errors_echoing_what_was_sent_do_not_show_it()
    {
        var stub = new StubHandler().On("POST /api/v2/users/signin", HttpStatusCode.Unauthorized,
            """{"errors":[{"code":1001,"message":"No user with password hunter2-secret and code 123456\u0007\r\nX"}]}""");

        var refused = await Should.ThrowAsync<PlexUnauthorizedException>(() => Client.Over(stub).SignInAsync(
            "alice", "hunter2-secret", "123456", cancellationToken: TestContext.Current.CancellationToken));

        refused.ToString().ShouldNotContain("hunter2-secret");
        refused.ToString().ShouldNotContain("123456");
        refused.Message.ShouldNotContain('\a');
    }

    [Fact]
    public async Task A_damaged_compression_is_not_called_too_large()
    {
        var stub = new StubHandler().On("GET /api/v2/user", HttpStatusCode.OK, adjust: response =>
            response.Content = new StreamContent(new GZipStream(new MemoryStream("this is no gzip at all"u8.ToArray()), CompressionMode.Decompress)));

        var refused = await Should.ThrowAsync<PlexProtocolException>(
            () => Client.Over(stub).GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task A_long_error_is_cut()
    {
        var many = string.Join(',', Enumerable.Repeat($$"""{"code":1,"message":"{{new string('x', 5000)}}"}""", 500));
        var stub = new StubHandler().On("GET /api/v2/user", HttpStatusCode.BadRequest, $$"""{"errors":[{{many}}]}""");

        var refused = await Should.ThrowAsync<PlexBadRequestException>(
            () => Client.Over(stub).GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken));

        refused.Errors.Count.ShouldBe(20);
        refused.Message.Length.ShouldBeLessThan(500);
    }

    private static long AllocatedBy(byte[] body)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<PlexProtocolException>(() => Client.ReadAccountAsync(body).GetAwaiter().GetResult());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
