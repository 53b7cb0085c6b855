using System.Diagnostics;
using System.Text.Json;

namespace PlexAuth.Cli.Tests;

public sealed class DeviceKeyTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_with_a_device_key_keeps_it_and_the_token_can_be_read_verified_and_renewed()
    {
        (await RunAsync("alice-password\n", "signin", "--device-key", "--login", "alice", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);

        (await RunAsync("whoami")).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("alice (");
        var token = (await RunAsync("token")).ShouldEndWith(ExitCodes.Ok).Output.Trim();
        token.ShouldStartWith("eyJ");
        var inspected = (await RunAsync("jwt", "inspect", "--json")).ShouldEndWith(ExitCodes.Ok).Output;
        inspected.ShouldNotContain(token);
        JsonElement.Parse(inspected).GetProperty("issuer").GetString().ShouldBe("plex.tv");
        JsonElement.Parse((await RunAsync("jwt", "verify", "--json")).ShouldEndWith(ExitCodes.Ok).Output).GetProperty("valid").GetBoolean().ShouldBeTrue();

        var before = await File.ReadAllTextAsync(_home.SessionFile, Cancellation);
        (await RunAsync("jwt", "refresh")).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("token until");
        (await File.ReadAllTextAsync(_home.SessionFile, Cancellation)).ShouldNotBe(before);

        (await RunAsync("signout")).ShouldEndWith(ExitCodes.Ok);
        File.Exists(_home.SessionFile).ShouldBeFalse();
        (await RunAsync("token")).ShouldEndWith(ExitCodes.SignInNeeded);
    }

    [Fact]
    public async Task A_token_about_to_end_is_renewed_before_a_command_uses_it()
    {
        (await RunAsync("alice-password\n", "signin", "--device-key", "--login", "alice", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);
        var store = PlexSessionStore.InDirectory(Path.GetDirectoryName(_home.SessionFile)!);
        await store.UpdateAsync("default", session => new(session! with { Token = new PlexToken("dead"), ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) }), Cancellation);

        (await RunAsync("token")).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("eyJ");
        (await RunAsync("whoami")).ShouldEndWith(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_key_made_by_openssl_is_registered_for_the_kept_sign_in()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "Install openssl.");
        var file = _home.Combine("key.pem");
        using (var process = Process.Start("/usr/bin/openssl", ["genpkey", "-algorithm", "ed25519", "-out", file]))
            await process.WaitForExitAsync(Cancellation);
        (await RunAsync("bob-password\n", "signin", "--login", "bob", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);

        var registered = (await RunAsync("jwt", "register", "--key-file", file, "--json")).ShouldEndWith(ExitCodes.Ok);

        using var key = PlexSigningKey.ImportPem(await File.ReadAllTextAsync(file, Cancellation));
        JsonElement.Parse(registered.Output).GetProperty("keyId").GetString().ShouldBe(key.KeyId);
        (await RunAsync("whoami")).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("bob (");
    }

    [Fact]
    public async Task An_unsigned_token_has_nothing_to_read_and_no_key_to_renew_by()
    {
        (await RunAsync("alice-password\n", "signin", "--login", "alice", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);

        (await RunAsync("jwt", "inspect")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("plexauth signin --device-key");
        (await RunAsync("jwt", "refresh")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("plexauth jwt register");
    }

    [Fact]
    public async Task Profiles_are_kept_apart_listed_chosen_and_removed()
    {
        (await RunAsync("profile", "list")).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("plexauth signin");
        (await RunAsync("alice-password\n", "signin", "--login", "alice", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);
        (await RunAsync("bob-password\n", "signin", "--login", "bob", "--password-stdin", "--profile", "work")).ShouldEndWith(ExitCodes.Ok);

        (await RunAsync("whoami")).Output.ShouldStartWith("alice (");
        (await RunAsync("whoami", "--profile", "work")).Output.ShouldStartWith("bob (");
        (await RunAsync("profile", "use", "work")).ShouldEndWith(ExitCodes.Ok);
        (await RunAsync("whoami")).Output.ShouldStartWith("bob (");
        (await RunAsync("profile", "list")).Output.ShouldContain("* work  bob at ");

        (await RunAsync("profile", "remove", "work")).ShouldEndWith(ExitCodes.Ok);
        (await RunAsync("whoami")).Output.ShouldStartWith("alice (");
        (await RunAsync("profile", "use", "work")).ShouldEndWith(ExitCodes.Usage);
        (await RunAsync("whoami", "--profile", "../x")).ShouldEndWith(ExitCodes.Usage);
    }

    [Fact]
    public async Task A_damaged_session_file_is_named()
    {
        (await RunAsync("alice-password\n", "signin", "--login", "alice", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);
        await File.WriteAllTextAsync(_home.SessionFile, "{}", Cancellation);

        (await RunAsync("whoami")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain(_home.SessionFile);
    }

    [Fact]
    public async Task A_servers_keys_are_shown_and_replaced()
    {
        var first = Keys(await RunAsync("keys", "show", "--json"));
        var second = Keys(await RunAsync("keys", "rotate", "--json"));

        first.Length.ShouldBe(1);
        second.Select(key => key.GetProperty("keyId").GetString()).First().ShouldBe(first[0].GetProperty("keyId").GetString());
        second.Select(key => key.GetProperty("signs").GetBoolean()).ShouldBe([false, true]);
    }

    public void Dispose() => _home.Dispose();

    private static JsonElement[] Keys(ToolResult result) => [.. JsonElement.Parse(result.ShouldEndWith(ExitCodes.Ok).Output).GetProperty("keys").EnumerateArray()];

    private Task<ToolResult> RunAsync(params string[] arguments) =>
        arguments is [var typed, .. var rest] && typed.EndsWith('\n')
            ? InProcess.RunAsync(_home, rest, typed, canAsk: false, ("PLEX_ACCOUNT_URL", server.AccountUrl), ("PLEX_SERVER_URL", server.ServerUrl))
            : InProcess.RunAsync(_home, arguments, "", canAsk: false, ("PLEX_ACCOUNT_URL", server.AccountUrl), ("PLEX_SERVER_URL", server.ServerUrl));
}
