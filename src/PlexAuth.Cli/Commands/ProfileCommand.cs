using System.CommandLine;

namespace PlexAuth.Cli.Commands;

internal sealed class ProfileCommand : Command
{
    public ProfileCommand(Tool tool)
        : base("profile", "Sign-ins kept under several names. Sign in with --profile to make one.")
    {
        Subcommands.Add(new ListProfilesCommand(tool));
        Subcommands.Add(new UseProfileCommand(tool));
        Subcommands.Add(new RemoveProfileCommand(tool));
    }
}

internal sealed class ListProfilesCommand(Tool tool) : ToolCommand(tool, "list", "List the profiles; the current one has a star.", "plexauth profile list")
{
    public override bool Connects => false;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var current = invocation.Profile;
        var profiles = new List<ProfileAnswer>();
        foreach (var name in await invocation.Profiles.Store.ListAsync(cancellationToken))
        {
            if (await invocation.Profiles.Store.LoadAsync(name, cancellationToken) is { } session)
                profiles.Add(new ProfileAnswer(name, name == current, session.Account, session.AccountUrl, session.ClientIdentifier, session.DeviceKey is not null, session.ExpiresAt));
        }

        invocation.Output.Data(new ProfilesAnswer(profiles), Answers.Default.ProfilesAnswer, Describe);
    }

    private static IReadOnlyList<string> Describe(ProfilesAnswer answer) => answer.Profiles.Count == 0
        ? ["There is no profile. Make one with: plexauth signin"]
        : [.. answer.Profiles.Select(one => $"{(one.Current ? "*" : " ")} {one.Name}  {one.Account} at {one.AccountUrl}{(one.DeviceKey ? ", by device key" : "")}")];
}

// A command upon one profile, which it is given the name of.
internal abstract class OneProfileCommand : ToolCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The profile" };

    protected OneProfileCommand(Tool tool, string name, string description, string example)
        : base(tool, name, description, example) => Arguments.Add(_name);

    public override bool Connects => false;

    protected sealed override Task RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        RunAsync(invocation, Invocation.CheckProfile(invocation.Value(_name)!), cancellationToken);

    protected abstract Task RunAsync(Invocation invocation, string name, CancellationToken cancellationToken);
}

internal sealed class UseProfileCommand(Tool tool)
    : OneProfileCommand(tool, "use", "Make a profile the one that counts where --profile does not say otherwise.", "plexauth profile use work")
{
    protected override async Task RunAsync(Invocation invocation, string name, CancellationToken cancellationToken)
    {
        await invocation.Profiles.UseAsync(name, cancellationToken);
        invocation.Output.Say($"Using profile '{name}' from now on.");
    }
}

internal sealed class RemoveProfileCommand(Tool tool)
    : OneProfileCommand(tool, "remove", "Forget a profile here. Its token stays valid: 'plexauth signout --profile' revokes it too.", "plexauth profile remove work")
{
    protected override async Task RunAsync(Invocation invocation, string name, CancellationToken cancellationToken)
    {
        await invocation.Profiles.RemoveAsync(name, cancellationToken);
        invocation.Output.Say($"Profile '{name}' is forgotten.");
    }
}
