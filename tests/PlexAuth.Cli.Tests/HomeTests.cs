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
    public async Task Somebody_else_is_not_in_the_Home()
    {
        await server.SignInAsync(_home, "alice");

        (await server.RunAsync(_home, ["home", "switch", "bob"])).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("There are: ");
    }

    public void Dispose() => _home.Dispose();
}
