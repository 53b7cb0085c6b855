using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

internal sealed class KeysCommand : Command
{
    public KeysCommand(Tool tool)
        : base("keys", "Keys of a server on this machine: those that sign tokens, and those that encrypt what it keeps.")
    {
        Subcommands.Add(new ShowKeysCommand(tool));
        Subcommands.Add(new RotateKeysCommand(tool));
    }
}

// What both do: open the server's data, and tell of its published keys.
internal abstract class ServerKeysCommand : ToolCommand
{
    private readonly Option<string> _data = DataDirectory.Option();

    protected ServerKeysCommand(Tool tool, string name, string description, params string[] examples)
        : base(tool, name, description, examples) =>
        Options.Add(_data);

    public override bool Connects => false;

    protected abstract Task RunAsync(Invocation invocation, IServiceProvider server, CancellationToken cancellationToken);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var host = DataDirectory.BuildHost(invocation, _data);
        await host.StartAsync(cancellationToken);
        await RunAsync(invocation, host.Services, cancellationToken);
        await host.StopAsync(CancellationToken.None);
    }

    protected static IReadOnlyList<IssuerKeyAnswer> Answer(IReadOnlyList<PlexAuthIssuerKey> keys) =>
        [.. keys.Select(key => new IssuerKeyAnswer(key.Key.KeyId!, key.Key.X, key.CreatedAt, key.Signs))];

    protected static IReadOnlyList<string> Describe(IReadOnlyList<IssuerKeyAnswer> keys) =>
        [.. keys.Select(key => $"{key.KeyId}  made {key.CreatedAt:yyyy-MM-dd}{(key.Signs ? ", signs" : ", published until its tokens have expired")}")];
}

internal sealed class ShowKeysCommand(Tool tool) : ServerKeysCommand(
    tool, "show", "Show the published keys, oldest first. The last one signs.", "plexauth keys show", "plexauth keys show --data /srv/plexauth --json")
{
    protected override async Task RunAsync(Invocation invocation, IServiceProvider server, CancellationToken cancellationToken)
    {
        var keys = await server.GetRequiredService<PlexAuthIssuerKeys>().ListAsync(cancellationToken);
        invocation.Output.Data(new IssuerKeysAnswer(Answer(keys)), Answers.Default.IssuerKeysAnswer, answer => Describe(answer.Keys));
    }
}

internal sealed class RotateKeysCommand : ServerKeysCommand
{
    private const string Storage = "storage";
    private const string Signing = "signing";

    private readonly Option<string> _only = new("--only")
    {
        Description = $"Just the key that encrypts and derives what is stored ({Storage}), or just the one that signs tokens ({Signing})",
        HelpName = "which",
    };

    public RotateKeysCommand(Tool tool)
        : base(
            tool,
            "rotate",
            "Replace the server's keys, beside a running server. Nobody is signed out; former storage keys stay in the key file, for backups.",
            "plexauth keys rotate",
            $"plexauth keys rotate --only {Signing} --data /srv/plexauth --json")
    {
        _only.AcceptOnlyFromAmong(Storage, Signing);
        Options.Add(_only);
    }

    // What is stored comes first: the key that signs is stored under it.
    protected override async Task RunAsync(Invocation invocation, IServiceProvider server, CancellationToken cancellationToken)
    {
        var only = invocation.Value(_only);
        int? encryptedAnew = only == Signing ? null : await server.GetRequiredService<PlexAuthAccounts>().RotateKeysAsync(cancellationToken);
        var keys = server.GetRequiredService<PlexAuthIssuerKeys>();
        var published = only == Storage ? null : Answer(await keys.RotateAsync(cancellationToken));
        invocation.Output.Data(new RotatedKeysAnswer(encryptedAnew, published), Answers.Default.RotatedKeysAnswer, Describe);
    }

    private static IReadOnlyList<string> Describe(RotatedKeysAnswer answer) =>
    [
        .. answer.EncryptedAnew is { } count ? (string[])[$"A new key encrypts what is stored: {count} values were encrypted anew. Back the key file up with the database."] : [],
        .. answer.Keys is { } keys ? (string[])["A new key signs tokens; running servers follow within five minutes.", .. Describe(keys)] : [],
    ];
}
