using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Administration;

/// <summary>What the server's owner does with its accounts from afar.</summary>
public class AdministrationTests : IAsyncLifetime
{
    private const string Confirmed = """
        "confirmation":{"password":"alice-password"}
        """;

    private readonly FakeTimeProvider _time = new();
    private HostedServer? _server;

    private HostedServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(_time));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    [Fact, Requirement("RA4"), Requirement("RZ1")]
    public async Task A_stolen_token_alone_changes_nothing()
    {
        foreach (var (verb, path, form) in ((string, string, string)[])
            [
                ("POST", "accounts", "\"username\":\"olga\",\"email\":\"olga@example.com\",\"password\":\"tide and lantern\""), ("PUT", "accounts/2/disabled", "\"disabled\":true"),
                ("PUT", "accounts/2/password", "\"password\":\"tide and lantern\""), ("DELETE", "accounts/2/devices", ""), ("DELETE", "accounts/2/devices/1", ""),
                ("POST", "accounts/export", ""), ("POST", "accounts/import", "\"file\":{}"),
            ])
        {
            ShouldBeProblem(await SendAsync(verb, path, $"{{{form}}}"), HttpStatusCode.Forbidden, 1040);
            _time.Advance(TimeSpan.FromMinutes(1));
            var comma = form.Length == 0 ? "" : ",";
            ShouldBeProblem(await SendAsync(verb, path, $"{{{form}{comma}\"confirmation\":{{\"password\":\"wrong\"}}}}"), HttpStatusCode.Forbidden, 1040);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var accounts = JsonElement.Parse((await SendAsync("GET", "accounts")).Body);
        accounts.EnumerateArray().Select(account => account.GetProperty("username").GetString()).ShouldNotContain("olga");
        (await Server.GetAsync("/api/v2/user", PlexAuthPersona.Bob.Token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task With_the_owners_password_accounts_are_added_disabled_given_passwords_and_signed_out()
    {
        var added = JsonElement.Parse((await SendAsync("POST", "accounts", $$"""{"username":"olga","email":"olga@example.com","password":"tide and lantern",{{Confirmed}}}""")).Body);
        var id = added.GetProperty("id").GetInt32();
        added.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "uuid", "username", "email", "ownsServer"]);
        var token = await SignInAsync("olga", "tide and lantern");

        (await SendAsync("PUT", $"accounts/{id}/disabled", $$"""{"disabled":true,{{Confirmed}}}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("PUT", $"accounts/{id}/disabled", $$"""{"disabled":false,{{Confirmed}}}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        var devices = JsonElement.Parse((await SendAsync("GET", $"accounts/{id}/devices")).Body).EnumerateArray().ToList();
        devices.ShouldHaveSingleItem().GetProperty("clientIdentifier").GetString().ShouldBe("test-client");
        (await SendAsync("DELETE", $"accounts/{id}/devices/{devices[0].GetProperty("id")}", $"{{{Confirmed}}}")).Body.ShouldBe("{\"removed\":1}");
        (await Server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("PUT", $"accounts/{id}/password", $$"""{"password":"lighthouse keeper",{{Confirmed}}}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SignInAsync("olga", "lighthouse keeper")).ShouldNotBeEmpty();
        (await SendAsync("DELETE", $"accounts/{id}/devices", $"{{{Confirmed}}}")).Body.ShouldBe("{\"removed\":1}");

        var shown = JsonElement.Parse((await SendAsync("GET", "accounts?login=OLGA%40example.com")).Body).EnumerateArray().ShouldHaveSingleItem();
        shown.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "uuid", "username", "title", "email", "joinedAt", "disabled", "twoFactorEnabled", "managed", "hasPassword"]);
        var trail = JsonElement.Parse((await SendAsync("GET", $"events?account={id}&limit=4")).Body).EnumerateArray().ToList();
        trail.Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["other-devices-removed", "device-added", "signed-in", "password-reset"], ignoreOrder: true);
        trail.Single(entry => entry.GetProperty("kind").GetString() == "password-reset").ShouldSatisfyAllConditions(
            entry => entry.GetProperty("actor").GetString().ShouldBe("operator"), entry => entry.GetProperty("clientIdentifier").GetString().ShouldBe("plexauth-dev-alice"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_as_a_problem_with_its_reason()
    {
        ShouldBeProblem(await SendAsync("POST", "accounts", $$"""{"username":"bob","email":"b@example.com","password":"tide and lantern",{{Confirmed}}}"""), HttpStatusCode.UnprocessableEntity, 1011)
            .ShouldBe("The username \"bob\" is taken.");
        ShouldBeProblem(await SendAsync("PUT", "accounts/2/password", $$"""{"password":"password",{{Confirmed}}}"""), HttpStatusCode.UnprocessableEntity, 1033);
        ShouldBeProblem(await SendAsync("PUT", "accounts/12345/disabled", $$"""{"disabled":true,{{Confirmed}}}"""), HttpStatusCode.NotFound, 1002);
        ShouldBeProblem(await SendAsync("DELETE", "accounts/2/devices/12345", $"{{{Confirmed}}}"), HttpStatusCode.NotFound, 1002);
        ShouldBeProblem(await SendAsync("POST", "accounts/import", $$"""{"file":{"version":2},{{Confirmed}}}"""), HttpStatusCode.UnprocessableEntity, 1004);
        ShouldBeProblem(await SendAsync("GET", "nothing"), HttpStatusCode.NotFound, 1002);
        foreach (var malformed in (string[])["", "[]", "null", "{\"disabled\":1}", $"{{{Confirmed}}}", $$"""{"disabled":true,"owner":true,{{Confirmed}}}""", $$"""{"disabled":true,"disabled":false,{{Confirmed}}}"""])
            ShouldBeProblem(await SendAsync("PUT", "accounts/2/disabled", malformed), HttpStatusCode.BadRequest, 1004);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_as_a_problem()
    {
        ShouldBeProblem(await SendAsync("POST", "accounts/import", $$"""{"file":{"accounts":[null]},{{Confirmed}}}"""), HttpStatusCode.UnprocessableEntity, 1004);
        ShouldBeProblem(await SendAsync("GET", "events?limit=abc"), HttpStatusCode.BadRequest, 1004);
        using var unknownCharset = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"disabled\":false,{Confirmed}}}"));
        unknownCharset.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf8");
        ShouldBeProblem(await Server.SendAsync(HttpMethod.Put, "/plexauth/admin/accounts/2/disabled", PlexAuthPersona.Alice.Token, content: unknownCharset), HttpStatusCode.BadRequest, 1004);
    }

    [Fact]
    public async Task Accounts_are_taken_out_and_in_by_the_thousand()
    {
        var exported = JsonElement.Parse((await SendAsync("POST", "accounts/export", $"{{{Confirmed}}}")).Body);
        exported.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("username").GetString()).ShouldContain("bob");
        exported.ToString().ShouldNotContain("AQAAAAI", customMessage: "an unsealed hash of a password");
        var many = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"username":"person-{{i}}","email":"person-{{i}}@a-long-domain-that-makes-the-whole-much-larger.example.com"}"""));

        var imported = await SendAsync("POST", "accounts/import", $$"""{"file":{"accounts":[{{many}}]},{{Confirmed}}}""");

        JsonElement.Parse(imported.Body).EnumerateArray().Count(result => result.GetProperty("imported").GetBoolean()).ShouldBe(1000);
    }

    [Fact]
    public async Task Taking_accounts_in_may_take_longer_than_a_call()
    {
        var clock = new SlowClock();
        await using var server = await HostedServer.StartAsync(options => options.RequestTimeout = TimeSpan.FromSeconds(2), services: services => services.AddSingleton<TimeProvider>(clock));
        var many = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"username":"person-{{i}}","email":"person-{{i}}@example.com"}"""));
        clock.ReadingTakes = TimeSpan.FromMilliseconds(15);

        var imported = await SendAsync("POST", "accounts/import", $$"""{"file":{"accounts":[{{many}}]},{{Confirmed}}}""", server);

        JsonElement.Parse(imported.Body).EnumerateArray().Count(result => result.GetProperty("imported").GetBoolean()).ShouldBe(100);
    }

    [Fact, Requirement("T8")]
    public async Task An_owner_with_a_second_factor_gives_a_fresh_code_with_each_change()
    {
        var begun = await Server.SendAsync(HttpMethod.Post, "/api/v2/user/two-factor", PlexAuthPersona.Alice.Token, content: new FormUrlEncodedContent([new("password", "alice-password")]));
        var seed = Base32.Decode(JsonElement.Parse(begun.Body).GetProperty("secret").GetString()!);
        string Code() => Totp.Compute(seed, _time.GetUtcNow().ToUnixTimeSeconds() / 30);
        (await Server.SendAsync(HttpMethod.Put, "/api/v2/user/two-factor", PlexAuthPersona.Alice.Token, content: new FormUrlEncodedContent([new("verificationCode", Code())])))
            .Status.ShouldBe(HttpStatusCode.OK);
        Task<Reply> DisableAsync(string? code) => SendAsync(
            "PUT", "accounts/2/disabled", $$"""{"disabled":true,"confirmation":{"password":"alice-password","verificationCode":"{{code}}"} }""");

        ShouldBeProblem(await DisableAsync(null), HttpStatusCode.Forbidden, 1029);
        ShouldBeProblem(await DisableAsync(Code()), HttpStatusCode.Forbidden, 1028);
        _time.Advance(TimeSpan.FromSeconds(30));
        (await DisableAsync(Code())).Status.ShouldBe(HttpStatusCode.NoContent);
        ShouldBeProblem(await DisableAsync(Code()), HttpStatusCode.Forbidden, 1028);
    }

    [Fact]
    public async Task Every_operation_is_described()
    {
        var paths = JsonElement.Parse((await Server.GetAsync("/openapi/v1.json")).Body).GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/plexauth/admin/", StringComparison.Ordinal)).ToList();

        paths.SelectMany(path => path.Value.EnumerateObject()).Count().ShouldBe(10);
        paths.SelectMany(path => path.Value.EnumerateObject()).ShouldAllBe(operation => operation.Value.GetProperty("summary").GetString()!.Length > 10);
    }

    private Task<Reply> SendAsync(string verb, string path, string? json = null, HostedServer? server = null) => (server ?? Server).SendAsync(
        new HttpMethod(verb), $"/plexauth/admin/{path}", PlexAuthPersona.Alice.Token, content: json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<string> SignInAsync(string login, string password)
    {
        var reply = await Server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", content: new FormUrlEncodedContent([new("login", login), new("password", password)]));
        return JsonElement.Parse(reply.Body).GetProperty("authToken").GetString()!;
    }

    private static string ShouldBeProblem(Reply reply, HttpStatusCode status, int code)
    {
        reply.Status.ShouldBe(status, reply.Body);
        reply.ContentType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(reply.Body);
        problem.GetProperty("code").GetInt32().ShouldBe(code);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        return problem.GetProperty("detail").GetString()!;
    }

    private sealed class SlowClock : TimeProvider
    {
        public TimeSpan ReadingTakes { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            Thread.Sleep(ReadingTakes);
            return base.GetUtcNow();
        }
    }
}
