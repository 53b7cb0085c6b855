namespace PlexAuth.Cli.Commands.Home;

internal sealed class HomeRestoreCommand(Tool tool) : ToolCommand(
    tool,
    "restore",
    "Become again who you were before the first switch. The other person's token stays valid; 'plexauth signout' revokes it on the way back.",
    "plexauth home restore")
{
    public override bool Connects => false;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var session = await invocation.Profiles.RestoreAsync(invocation.Profile, cancellationToken)
            ?? throw new ToolException("This profile has not switched to somebody else, or has signed in since.");
        invocation.Output.Data(new RestoreAnswer(session.Account), Answers.Default.RestoreAnswer, answer => $"You are {answer.Account ?? "yourself"} again.");
    }
}
