using System.CommandLine;
using System.Globalization;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Commands.Home;

internal sealed class HomeSwitchCommand : ToolCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Name, id or uuid of somebody in the Home" };
    private readonly Option<bool> _pinStdin = Flag("--pin-stdin", "Read the PIN from the first line of standard input");

    public HomeSwitchCommand(Tool tool)
        : base(
            tool,
            "switch",
            "Become somebody else of the Home: later commands act as that person, until 'plexauth home restore'.",
            "plexauth home switch erin",
            "plexauth home switch erin --pin-stdin < pin.txt")
    {
        Arguments.Add(_name);
        Options.Add(_pinStdin);
    }

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        await invocation.Profiles.RequireRoomAsync(invocation.Profile, cancellationToken);
        var user = Find(await connection.Client.Home.ListAsync(cancellationToken: cancellationToken), invocation.Value(_name)!);
        var pin = await Secret.HomePin.FindAsync(invocation.Terminal, invocation.Value(_pinStdin), cancellationToken);
        if (pin is null && user.Protected && invocation.Prompt.Possible)
            pin = await invocation.Prompt.AskHiddenAsync($"PIN of {user.Title}: ", cancellationToken);

        var account = await connection.Client.Home.SwitchAsync(user.Id.ToString(CultureInfo.InvariantCulture), pin, cancellationToken: cancellationToken);
        var session = new PlexSession(connection.AccountUrl, connection.Identity.ClientIdentifier) { Account = account.Title, Token = account.AuthToken };
        await invocation.Profiles.SwitchAsync(invocation.Profile, session, cancellationToken);
        invocation.Output.Data(AccountAnswers.From(account, connection), Answers.Default.AccountAnswer, answer => $"You are now {AccountAnswers.NameOf(answer)}.");
        if (connection.TokenIsGiven)
            invocation.Output.Warn("PLEX_TOKEN is set and wins over this switch. Unset it to act as that person.");
    }

    private static PlexHomeUser Find(PlexHome home, string name) =>
        home.Users.FirstOrDefault(user => user.Uuid == name || user.Id.ToString(CultureInfo.InvariantCulture) == name)
        ?? home.Users.FirstOrDefault(user => user.Title.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ToolException($"Nobody in this Home is called '{name}'. There are: {string.Join(", ", home.Users.Select(user => user.Title))}.");
}
