using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Hosting;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Cli.Commands.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

// A command for whoever operates a server: it works on the server's data itself, or where a service or a sign-in is named, over the network as its owner.
internal abstract class OperatorCommand : ToolCommand
{
    private readonly Tool _tool;
    private readonly Option<string> _data = DataDirectory.Option();
    private readonly OwnerProofOptions _proof = new();

    // With changes, it may have to prove who asks for them.
    protected OperatorCommand(Tool tool, string name, string description, bool changes, params string[] examples)
        : base(tool, name, description, examples)
    {
        _tool = tool;
        foreach (var option in (Option[])[_data, .. changes ? _proof.All : []])
            Options.Add(option);
        Validators.Add(RefuseMixture);
    }

    // Makes the database if there is none yet. Others would only hide that the directory was mistyped.
    protected virtual bool MayCreate => false;

    protected static Argument<string> AccountArgument() => new("account") { Description = "Username, e-mail address or number", HelpName = "account" };

    protected abstract Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var accounts = invocation.Value(_tool.Options.AccountUrl) is null && invocation.Value(_tool.Options.Profile) is null
            ? new LocalAdministration(() => BuildHost(invocation))
            : (IAdministration)new RemoteAdministration(await invocation.ConnectAsync(cancellationToken), new OwnerProof(invocation, _proof));
        await RunAsync(invocation, accounts, cancellationToken);
    }

    protected static async Task<PlexAuthAccountDetails> FindAsync(IAdministration accounts, string login, CancellationToken cancellationToken) =>
        await accounts.FindAsync(login, cancellationToken) ?? throw new ToolException($"There is no account \"{login}\". See: plexauth accounts list");

    private IHost BuildHost(Invocation invocation)
    {
        var options = new PlexAuthServerOptions();
        DataDirectory.Configure(options, invocation, _data);
        if (!MayCreate && options is { Database: null, DataDirectory: { } directory } && !Directory.Exists(directory))
            throw new ToolException($"There is no server's data in \"{directory}\". Name its directory with --data, or a server with --account-url.");
        return DataDirectory.BuildHost(invocation, _data);
    }

    private void RefuseMixture(CommandResult result)
    {
        var options = _tool.Options;
        var remote = Given(result, options.AccountUrl) || Given(result, options.Profile);
        if (remote && Given(result, _data))
            result.AddError($"{_data.Name} is for a server's data on this machine, --account-url and --profile for one over the network. Leave out one of them.");
        foreach (var option in remote ? [] : options.Connection.Concat(_proof.All).Where(option => Given(result, option)))
            result.AddError($"{option.Name} goes with --account-url or --profile, which name a server over the network.");
    }

    private static bool Given(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
