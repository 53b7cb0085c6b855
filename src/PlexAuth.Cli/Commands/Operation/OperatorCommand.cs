using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

// A command for whoever operates a server: it works on the server's data itself, beside a running server or without one.
internal abstract class OperatorCommand : ToolCommand
{
    private readonly Option<string> _data = DataDirectory.Option();

    protected OperatorCommand(Tool tool, string name, string description, params string[] examples)
        : base(tool, name, description, examples) =>
        Options.Add(_data);

    public override bool Connects => false;

    // Makes the database if there is none yet. Others would only hide that the directory was mistyped.
    protected virtual bool MayCreate => false;

    protected static Argument<string> AccountArgument() => new("account") { Description = "Username, e-mail address or number", HelpName = "account" };

    protected abstract Task RunAsync(Invocation invocation, PlexAuthAccounts accounts, CancellationToken cancellationToken);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        RequireData(invocation);
        using var host = DataDirectory.BuildHost(invocation, _data);
        await host.StartAsync(cancellationToken);
        await RunAsync(invocation, host.Services.GetRequiredService<PlexAuthAccounts>(), cancellationToken);
        await host.StopAsync(CancellationToken.None);
    }

    private void RequireData(Invocation invocation)
    {
        var options = new PlexAuthServerOptions();
        DataDirectory.Configure(options, invocation, _data);
        if (!MayCreate && options is { Database: null, DataDirectory: { } directory } && !Directory.Exists(directory))
            throw new ToolException($"There is no server's data in \"{directory}\". Name its directory with --data.");
    }

    protected static async Task<PlexAuthAccountDetails> FindAsync(PlexAuthAccounts accounts, string login, CancellationToken cancellationToken) =>
        await accounts.FindAsync(login, cancellationToken) ?? throw new ToolException($"There is no account \"{login}\". See: plexauth accounts list");
}
