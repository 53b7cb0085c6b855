using System.Text.Json;

namespace PlexAuth.Cli.Tests;

public sealed class ServersTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task Servers_are_listed_with_the_way_to_each()
    {
        var result = (await RunAsync("servers", "--allow-http")).ShouldEndWith(ExitCodes.Ok);

        result.Output.ShouldStartWith("NAME ");
        result.Output.Split('\n').ShouldContain(line => line.StartsWith("Living Room  yes ", StringComparison.Ordinal) && line.Contains("http, local (", StringComparison.Ordinal));
        result.Output.ShouldNotContain("token");

        using var answer = JsonDocument.Parse((await RunAsync("servers", "--json")).ShouldEndWith(ExitCodes.Ok).Output);
        answer.RootElement.GetProperty("servers").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ShouldContain("Living Room");
    }

    [Fact]
    public async Task A_connection_is_an_address_or_with_explain_a_table()
    {
        var address = (await RunAsync("connect", "living room", "--allow-http")).ShouldEndWith(ExitCodes.Ok).Output.Trim();
        new Uri(address).Port.ShouldBe(new Uri(server.ServerUrl).Port);

        var table = (await RunAsync("connect", "Living Room", "--allow-http", "--explain")).ShouldEndWith(ExitCodes.Ok).Output;
        table.ShouldStartWith("ADDRESS ");
        table.ShouldContain(" Connected ");
    }

    [Fact]
    public async Task Without_permission_for_http_the_table_says_how_to_get_further()
    {
        var result = (await RunAsync("connect", "Living Room", "--explain")).ShouldEndWith(ExitCodes.Network);

        result.Output.ShouldContain(" NotAllowed ");
        result.Error.ShouldStartWith("error: 'Living Room' cannot be reached.");
        foreach (var text in (string[])[result.Output, result.Error])
        {
            text.ShouldContain("see --allow-http");
            text.ShouldNotContain("PlexConnectPolicy");
        }
    }

    [Fact]
    public async Task A_server_nobody_knows_is_answered_with_those_there_are() =>
        (await RunAsync("connect", "Cellar")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("It has: ");

    [Fact]
    public async Task Whose_server_is_shared_with_nobody_sees_none()
    {
        var result = await server.RunAsync(_home, ["servers"], variables: ("PLEX_TOKEN", "dave-dev-token-00001"));

        result.ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("no media server");
    }

    [Fact]
    public async Task The_doctor_checks_identifier_token_network_clock_and_every_server()
    {
        using var answer = JsonDocument.Parse((await RunAsync("doctor", "--allow-http", "--json")).Output);

        var checks = answer.RootElement.GetProperty("checks").EnumerateArray()
            .Select(check => (check.GetProperty("status").GetString(), check.GetProperty("check").GetString())).ToList();
        checks.ShouldContain(("ok", "client identifier"));
        checks.ShouldContain(("ok", "IPv4"));
        checks.ShouldContain(("info", "IPv6"));
        checks.ShouldContain(("ok", "clock"));
        checks.ShouldContain(("ok", "token"));
        checks.ShouldContain(("ok", "Living Room"));
    }

    [Fact]
    public async Task The_doctor_says_what_to_do_about_a_missing_or_dead_token()
    {
        var none = (await server.RunAsync(_home, ["doctor"])).ShouldEndWith(ExitCodes.Error);
        none.Output.ShouldContain("plexauth signin");

        var dead = (await server.RunAsync(_home, ["doctor"], variables: ("PLEX_TOKEN", "not-a-token-000001"))).ShouldEndWith(ExitCodes.Error);
        dead.Output.ShouldContain("it was revoked");
    }

    public void Dispose() => _home.Dispose();

    private Task<ToolResult> RunAsync(params string[] arguments) => server.RunAsync(_home, arguments, variables: ("PLEX_TOKEN", "alice-dev-token-0001"));
}
