using System.Text;
using System.Text.Json;

namespace PlexAuth.Server.Tests.Http;

[Requirement("T14")]
public sealed class SecretsInLogsTests
{
    [Fact]
    public async Task No_secret_reaches_a_log_at_any_level()
    {
        await using var server = await HostedServer.StartAsync();
        var signIn = await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", content: Form("login=alice&password=alice-password&verificationCode=918273"));
        var token = JsonElement.Parse(signIn.Body).GetProperty("authToken").GetString()!;
        var minted = await server.GetAsync("/security/token?type=delegation&scope=all", token);
        var transient = JsonElement.Parse(minted.Body).GetProperty("MediaContainer").GetProperty("token").GetString()!;

        await server.GetAsync("/?X-Plex-Token=" + transient);
        await server.GetAsync("/api/v2/user?X-Plex-Token=canary-query-token");
        await server.GetAsync("/api/v2/canary-path-token?X-Plex-Token=canary-query-token");
        await server.GetAsync("/security/resources?source=server://canary-source&X-Plex-Token=" + token);
        await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin?login=alice&password=canary-query-password");
        await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", content: Form("login=alice&password=canary-form-password"));
        await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", content: Json("{\"login\":\"alice\",\"password\":\"canary-json-password\""));
        await RawCall.GetAsync(server.Address, "/api/v2/user", "X-Plex-Token: canary\0header-token");
        await RawCall.GetAsync(server.Address, "/api/v2/user", "X-Plex-Token: canary-first", "X-Plex-Token: canary-second");
        await server.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", token);

        string[] secrets = [token, transient, "alice-password", "918273", "canary-query", "canary-form", "canary-json", "canary-first", "canary-second", "canary\\x00header", "header-token", "canary-source"];
        server.Log.Entries.ShouldNotBeEmpty();
        foreach (var entry in server.Log.Entries)
            secrets.ShouldNotContain(secret => entry.Contains(secret, StringComparison.Ordinal), entry);
    }

    private static StringContent Form(string body) => new(body, Encoding.UTF8, "application/x-www-form-urlencoded");

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
