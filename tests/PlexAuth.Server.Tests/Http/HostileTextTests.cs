using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Accounts;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Http;

/// <summary>Text that means something to whoever takes it at its word: statements, names of columns, lines of a log.</summary>
public class HostileTextTests : IAsyncLifetime
{
    private static readonly string[] Statements =
    [
        "' OR '1'='1", "alice' --", "alice'; DROP TABLE accounts; --", "\" OR \"\"=\"", "1 OR 1=1", "alice'/*", "') UNION SELECT id, hash FROM tokens --", "\\'; SELECT pg_sleep(10); --",
        "@accountId", ":login", "$1", "%", "_lice", "alice\0", "{0}", "x' AND (SELECT COUNT(*) FROM accounts) > 0 --",
    ];

    private static readonly string[] Columns =
    [
        "id", "uuid", "account_id", "accountId", "user_id", "userId", "owner", "ownerId", "owner_account_id", "is_admin", "isAdmin", "admin", "home_admin", "homeAdmin", "restricted",
        "restriction_profile", "disabled", "confirmed", "guest", "protected", "subscription_plan", "subscriptionPlan", "two_factor_enabled", "twoFactorEnabled", "sealed_password",
        "password_version", "totp_last_step", "email", "email_key", "username", "username_key", "kind", "access", "expires_at", "machine_identifier", "machineIdentifier", "state", "device_id",
    ];

    private HostedServer? _server;

    private HostedServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await HostedServer.StartAsync(services: services => services.AddSingleton(Unlimited.SignIns));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    [Fact, Requirement("RI5")]
    public async Task Statements_are_text_wherever_they_are_sent()
    {
        var before = await AccountsAsync();
        foreach (var text in Statements)
        {
            var escaped = Uri.EscapeDataString(text);
            foreach (var reply in (Reply[])
                [
                    await SendAsync(HttpMethod.Post, "/api/v2/users/signin", null, ("login", text), ("password", text), ("verificationCode", text)),
                    await SendAsync(HttpMethod.Put, "/api/v2/pins/link", PlexAuthPersona.Bob.Token, ("code", text)),
                    await SendAsync(HttpMethod.Post, "/api/v2/home/users/1/switch", PlexAuthPersona.Bob.Token, ("pin", text)),
                    await SendAsync(HttpMethod.Post, "/api/v2/user/backup-codes", PlexAuthPersona.Carol.Token, ("password", "carol-password"), ("verificationCode", text)),
                    await Server.GetAsync($"/api/v2/pins/{escaped}"),
                    await Server.GetAsync($"/api/v2/user?X-Plex-Token={escaped}"),
                    await Server.GetAsync($"/security/resources?source={escaped}", PlexAuthPersona.Alice.Token),
                    await Server.GetAsync($"/plexauth/admin/accounts?login={escaped}", PlexAuthPersona.Alice.Token),
                    await Server.SendAsync(HttpMethod.Delete, $"/devices/{escaped}", PlexAuthPersona.Bob.Token),
                ])
            {
                ((int)reply.Status).ShouldBeLessThan(500, $"{text}: {reply.Body}");
                reply.Body.ShouldNotContain("authToken\":\"");
            }

            (await Server.GetAsync($"/plexauth/admin/accounts?login={escaped}", PlexAuthPersona.Alice.Token)).Body.ShouldBe("[]", text);
        }

        (await AccountsAsync()).ShouldBe(before);
    }

    [Fact, Requirement("RZ5")]
    public async Task Names_of_columns_among_the_fields_of_a_call_change_nothing()
    {
        var bob = PlexAuthPersona.Bob.Token;
        var before = await AccountsAsync();
        foreach (var value in (string[])["1", "true", "owner", "mallory@example.com"])
        {
            var fields = Columns.Select(column => (column, value)).ToArray();
            await SendAsync(HttpMethod.Post, "/api/v2/users/signin", null, [("login", "bob"), ("password", "bob-password"), .. fields]);
            await SendAsync(HttpMethod.Post, "/api/v2/pins", null, [("strong", "true"), .. fields]);
            await SendAsync(HttpMethod.Put, "/api/v2/user/password", bob, [("currentPassword", "wrong"), ("newPassword", "tide and lantern"), .. fields]);
            await SendAsync(HttpMethod.Post, "/api/v2/user/two-factor", bob, [("password", "wrong"), .. fields]);
            await SendAsync(HttpMethod.Put, "/api/home/users/2", bob, fields);
            await Server.GetAsync($"/api/v2/user?{string.Join('&', fields.Select(field => $"{field.column}={Uri.EscapeDataString(field.value)}"))}", bob);
        }

        (await AccountsAsync()).ShouldBe(before);
        (await Server.GetAsync("/plexauth/admin/accounts", bob)).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact, Requirement("RL2")]
    public async Task No_text_of_a_caller_makes_a_line_of_its_own_in_the_log()
    {
        const string Forged = "info: alice signed in";
        const string Escaped = "%0D%0Ainfo:%20alice%20signed%20in%E2%80%A8%0Binfo:%20alice%20signed%20in";
        var text = Uri.UnescapeDataString("x" + Escaped);
        await SendAsync(HttpMethod.Post, "/api/v2/users/signin", null, ("login", text), ("password", text), ("X-Plex-Product", text), ("X-Plex-Device-Name", text));
        await Server.GetAsync($"/api/v2/x{Escaped}?X-Plex-Product=x{Escaped}&X-Plex-Client-Identifier=x{Escaped}");
        await Server.SendAsync(HttpMethod.Post, $"/api/v2/pins?X-Plex-Device-Name=x{Escaped}");
        await RawCall.GetAsync(Server.Address, "/api/v2/user", $"X-Plex-Product: x\r\n {Forged}", $"X-Plex-Token: x\n{Forged}");

        foreach (var entry in Server.Log.Entries)
            entry.Split('\r', '\n', '\v', '\u0085', '\u2028').Skip(1).ShouldAllBe(line => !line.StartsWith(Forged, StringComparison.Ordinal), entry);
        Server.Log.Entries.ShouldNotBeEmpty();
    }

    /// <summary>Everything that is told of the accounts, and what decides what they may.</summary>
    private Task<string> AccountsAsync() => Server.App.Services.GetRequiredService<Database>().ReadAsync(
        async session => JsonSerializer.Serialize(await session.ListAsync<Row>(
            """
            SELECT id AS Id, username AS Username, email AS Email, disabled AS Disabled, restricted AS Restricted, home_admin AS HomeAdmin, guest AS Guest, password_version AS Version,
                two_factor_enabled AS TwoFactor, subscription_plan AS Plan
            FROM accounts ORDER BY id
            """)),
        RulesHost.Cancelled);

    private Task<Reply> SendAsync(HttpMethod method, string path, string? token, params (string Name, string Value)[] fields) => Server.SendAsync(
        method, path, token, content: new FormUrlEncodedContent(fields.DistinctBy(field => field.Name).Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private sealed class Row
    {
        public long Id { get; set; }

        public string Username { get; set; } = "";

        public string Email { get; set; } = "";

        public bool Disabled { get; set; }

        public bool Restricted { get; set; }

        public bool HomeAdmin { get; set; }

        public bool Guest { get; set; }

        public long Version { get; set; }

        public bool TwoFactor { get; set; }

        public string? Plan { get; set; }
    }
}
