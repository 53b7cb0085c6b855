using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Cli.Commands.Operation;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands;

internal sealed class KeysCommand : Command
{
    public KeysCommand(Tool tool)
        : base("keys", "Keys of a server on this machine: those that sign tokens, and those that encrypt what it keeps.")
    {
        Subcommands.Add(new IssuerKeysCommand(tool, "show", "Show the published keys, oldest first. The last one signs.", (keys, cancellationToken) => keys.ListAsync(cancellationToken)));
        Subcommands.Add(new IssuerKeysCommand(
            tool, "rotate", "Make a new key sign from now on. Nobody is signed out; a running server follows within five minutes.", (keys, cancellationToken) => keys.RotateAsync(cancellationToken)));
        Subcommands.Add(new RotateStorageKeysCommand(tool));
    }
}

internal sealed class IssuerKeysCommand : ToolCommand
{
    private readonly Option<string> _data = DataDirectory.Option();
    private readonly Func<PlexAuthIssuerKeys, CancellationToken, Task<IReadOnlyList<PlexAuthIssuerKey>>> _act;

    public IssuerKeysCommand(Tool tool, string name, string description, Func<PlexAuthIssuerKeys, CancellationToken, Task<IReadOnlyList<PlexAuthIssuerKey>>> act)
        : base(tool, name, description, $"plexauth keys {name}", $"plexauth keys {name} --data /srv/plexauth --json")
    {
        _act = act;
        Options.Add(_data);
    }

    public override bool Connects => false;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var host = DataDirectory.BuildHost(invocation, _data);
        await host.StartAsync(cancellationToken);
        var keys = await _act(host.Services.GetRequiredService<PlexAuthIssuerKeys>(), cancellationToken);
        await host.StopAsync(CancellationToken.None);

        var answer = new IssuerKeysAnswer([.. keys.Select(key => new IssuerKeyAnswer(key.Key.KeyId!, key.Key.X, key.CreatedAt, key.Signs))]);
        invocation.Output.Data(answer, Answers.Default.IssuerKeysAnswer, Describe);
    }

    private static string Describe(IssuerKeysAnswer answer) =>
        string.Join('\n', answer.Keys.Select(key => $"{key.KeyId}  made {key.CreatedAt:yyyy-MM-dd}{(key.Signs ? ", signs" : ", published until its tokens have expired")}"));
}
