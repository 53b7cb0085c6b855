using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PlexAuth.Cli.Tests;

// What serve has for tests alone.
public sealed class DevServeTests : IDisposable
{
    private readonly ToolHome _home = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_seed_is_there_and_the_ready_file_says_where()
    {
        var (seed, ready) = (_home.Combine("seed.json"), _home.Combine("ready.json"));
        await File.WriteAllTextAsync(seed, """{ "version": 1, "personas": false, "accounts": [{ "name": "ivan", "token": "ivan-token-0000000001" }] }""", Cancellation);
        using var server = await RunningServer.StartAsync(_home, "serve", "--dev", "--port", "0", "--seed", seed, "--ready-file", ready, "--json");

        var answer = JsonElement.Parse(await File.ReadAllTextAsync(ready, Cancellation));

        answer.GetProperty("accountUrl").GetString().ShouldBe(server.AccountUrl);
        using var http = new HttpClient();
        (await http.GetStringAsync($"{server.Url}/_emulator/personas", Cancellation)).ShouldContain("ivan-password");
        (await http.GetStringAsync($"{server.Url}/api/v2/user?X-Plex-Token=ivan-token-0000000001", Cancellation)).ShouldContain("ivan@example.com");
    }

    [Fact]
    public async Task A_ready_file_is_gone_with_its_server_and_before_the_next_one_answers()
    {
        var ready = _home.Combine("ready.json");
        using (var server = await RunningServer.StartAsync(_home, "serve", "--dev", "--port", "0", "--ready-file", ready, "--json"))
        {
            File.Exists(ready).ShouldBeTrue();
            var late = _home.Combine("late.json");
            await File.WriteAllTextAsync(late, "of a run that was killed", Cancellation);
            (await ToolProcess.RunAsync(_home, ["serve", "--dev", "--urls", server.Url, "--ready-file", late])).ExitCode.ShouldBe(ExitCodes.Error);
            File.Exists(late).ShouldBeFalse();
        }

        File.Exists(ready).ShouldBeFalse();
    }

    [Fact]
    public async Task Https_is_trusted_by_the_certificate_that_the_answer_holds()
    {
        var ready = _home.Combine("ready.json");
        using var server = await RunningServer.StartAsync(_home, "serve", "--dev", "--port", "0", "--https", "--ready-file", ready, "--json");
        server.Url.ShouldStartWith("https://127.0.0.1:");
        var pem = JsonElement.Parse(await File.ReadAllTextAsync(ready, Cancellation)).GetProperty("certificate").GetString()!;
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };
        using var http = new HttpClient(handler);

        (await http.GetStringAsync($"{server.Url}/identity", Cancellation)).ShouldContain("machineIdentifier");
    }

    [Fact]
    public async Task A_known_proxy_is_believed_about_who_calls_and_links_lead_to_the_public_address()
    {
        using var server = await RunningServer.StartAsync(
            _home, "serve", "--dev", "--port", "0", "--known-proxy", "127.0.0.1", "--public-url", "https://plex.example.com", "--json");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        http.DefaultRequestHeaders.Add("X-Plex-Token", "alice-dev-token-0001");

        (await http.GetStringAsync($"{server.Url}/devices.xml", Cancellation)).ShouldContain("publicAddress=\"203.0.113.9\"");
        (await http.GetStringAsync($"{server.Url}/api/v2/user", Cancellation)).ShouldContain("https://plex.example.com/");
    }

    [Theory]
    [InlineData("""{ "personas": false, "accounts": [{ "name": "ivan" }] }""", "ivan@example.com / ivan-password", "alice")]
    [InlineData("""{ "accounts": [{ "name": "ivan" }] }""", "ivan@example.com / ivan-password", "judy")]
    [InlineData("""{ "personas": false }""", "PlexAuth dev server", "known password")]
    public async Task The_banner_names_those_who_are_there(string text, string shown, string absent)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var seed = _home.Combine("seed.json");
        await File.WriteAllTextAsync(seed, text, Cancellation);
        using var process = ToolProcess.Start(_home, ["serve", "--dev", "--port", "0", "--seed", seed]);
        var first = await process.StandardOutput.ReadLineAsync(Cancellation);

        Signals.Send(process, Signals.Terminate);
        var banner = first + await process.StandardOutput.ReadToEndAsync(Cancellation);

        banner.ShouldContain(shown);
        banner.ShouldNotContain(absent);
        await process.WaitForExitAsync(Cancellation);
    }

    [Fact]
    public async Task Deterministic_servers_on_one_clock_give_the_same_token()
    {
        var tokens = new List<string>();
        using var http = new HttpClient();
        for (var run = 0; run < 2; run++)
        {
            using var server = await RunningServer.StartAsync(_home, "serve", "--dev", "--port", "0", "--deterministic", "--clock", "2030-01-01T00:00:00Z", "--json");
            tokens.Add(await http.GetStringAsync($"{server.Url}/security/token?type=delegation&scope=all&X-Plex-Token=alice-dev-token-0001", Cancellation));
        }

        tokens[0].ShouldContain("transient-");
        tokens[1].ShouldBe(tokens[0]);
    }

    [Fact]
    public async Task What_is_no_time_is_refused() =>
        (await ToolProcess.RunAsync(_home, ["serve", "--dev", "--clock", "noon"])).ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("2030-01-01T00:00:00Z");

    [Theory]
    [InlineData("""{ "version": 1, "acounts": [] }""", "acounts")]
    [InlineData("""{ "version": 7 }""", "version 7")]
    [InlineData("""{ "servers": [{ "name": "Attic", "sharedWith": ["nobody"] }] }""", "nobody")]
    [InlineData("no JSON", "seed.schema.json")]
    public async Task A_wrong_seed_is_refused_and_says_where(string text, string said)
    {
        var seed = _home.Combine("seed.json");
        await File.WriteAllTextAsync(seed, text, Cancellation);

        var result = (await ToolProcess.RunAsync(_home, ["serve", "--dev", "--port", "0", "--seed", seed])).ShouldEndWith(ExitCodes.Usage);

        result.Error.ShouldContain("--seed");
        result.Error.ShouldContain(said);
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_server_in_earnest_takes_no_option_of_the_dev_server() =>
        (await ToolProcess.RunAsync(_home, ["serve", "--seed", "x.json"])).ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("--dev");

    public void Dispose() => _home.Dispose();
}
