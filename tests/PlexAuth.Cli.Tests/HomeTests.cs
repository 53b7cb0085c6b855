namespace PlexAuth.Cli.Tests;

public sealed class HomeTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task A_Home_is_listed_with_who_needs_a_pin()
    {
        await server.SignInAsync(_home, "alice");

        var lines = (await server.RunAsync(_home, ["home", "list"])).ShouldEndWith(ExitCodes.Ok).Output.Split('\n');

        lines.ShouldContain(line => line.StartsWith("alice", StringComparison.OrdinalIgnoreCase) && line.EndsWith("admin", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("erin", StringComparison.OrdinalIgnoreCase) && line.Contains(" yes ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_switch_needs_the_pin_and_makes_later_commands_act_as_that_person()
    {
        await server.SignInAsync(_home, "alice");

        var refused = (await server.RunAsync(_home, ["home", "switch", "frank"])).ShouldEndWith(ExitCodes.Forbidden);
        refused.Error.ShouldContain("PIN");
        (await server.RunAsync(_home, ["whoami"])).Output.ShouldStartWith("alice");

        (await server.RunAsync(_home, ["home", "switch", "frank", "--pin-stdin"], "4321\n")).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("You are now frank");
        (await server.RunAsync(_home, ["whoami"])).Output.ShouldStartWith("frank");
    }

    [Fact]
    public async Task After_any_number_of_switches_a_restore_leads_back_to_the_first_once()
    {
        await server.SignInAsync(_home, "alice");
        await SwitchAsync("frank", "4321");
        await SwitchAsync("erin", "1234");

        (await server.RunAsync(_home, ["home", "restore"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("You are alice again");

        (await server.RunAsync(_home, ["whoami"])).Output.ShouldStartWith("alice");
        (await server.RunAsync(_home, ["home", "restore"])).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("not switched");
        (await server.RunAsync(_home, ["profile", "list"])).Output.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Signing_out_after_a_switch_leads_back_and_a_new_sign_in_does_not()
    {
        await server.SignInAsync(_home, "alice");
        await SwitchAsync("frank", "4321");
        (await server.RunAsync(_home, ["signout"])).ShouldEndWith(ExitCodes.Ok).Error.ShouldContain("You are alice again");
        (await server.RunAsync(_home, ["whoami"])).Output.ShouldStartWith("alice");

        await SwitchAsync("frank", "4321");
        await server.SignInAsync(_home, "bob");
        (await server.RunAsync(_home, ["home", "restore"])).ShouldEndWith(ExitCodes.Error);
        (await server.RunAsync(_home, ["whoami"])).Output.ShouldStartWith("bob");
    }

    [Fact]
    public async Task A_device_key_is_kept_through_a_switch()
    {
        (await server.RunAsync(_home, ["signin", "--login", "alice", "--password-stdin", "--device-key"], "alice-password\n")).ShouldEndWith(ExitCodes.Ok);
        await SwitchAsync("frank", "4321");

        (await server.RunAsync(_home, ["home", "restore"])).ShouldEndWith(ExitCodes.Ok);

        var profiles = (await server.RunAsync(_home, ["profile", "list"])).Output;
        profiles.ShouldContain("alice at ");
        profiles.ShouldContain("by device key");
    }

    [Fact]
    public async Task Somebody_else_is_not_in_the_Home()
    {
        await server.SignInAsync(_home, "alice");

        (await server.RunAsync(_home, ["home", "switch", "bob"])).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("There are: ");
    }

    [Fact]
    public async Task The_trail_names_people_without_a_username_by_their_number()
    {
        await server.SignInAsync(_home, "alice");
        await SwitchAsync("erin", "1234");
        await SwitchAsync("frank", "4321");
        (await server.RunAsync(_home, ["home", "restore"])).ShouldEndWith(ExitCodes.Ok);

        var accounts = (await server.RunAsync(_home, ["audit", "--account-url", server.AccountUrl])).ShouldEndWith(ExitCodes.Ok).Output.Split('\n')
            .Where(line => line.Contains(" home-switched ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]).ToList();

        accounts.ShouldContain("frank");
        accounts.ShouldContain("#5", customMessage: "erin, who has no username");
    }

    private async Task SwitchAsync(string name, string pin)
    {
        var home = await server.RunAsync(_home, ["home", "switch", name, "--pin-stdin"], $"{pin}\n");
        home.ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith($"You are now {name}");
    }

    public void Dispose() => _home.Dispose();
}
