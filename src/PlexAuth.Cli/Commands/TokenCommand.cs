using System.CommandLine;

namespace PlexAuth.Cli.Commands;

internal sealed class TokenCommand : ToolCommand
{
    private readonly Option<bool> _transient = Flag("--transient", "Have the media server of --server-url delegate a token for at most 48 hours, and print that");

    public TokenCommand(Tool tool)
        : base(
            tool,
            "token",
            "Print the token in use: a secret, for a script that needs it.",
            "plexauth token | my-script",
            "plexauth token --transient --server-url http://127.0.0.1:32400 --json | jq -r .expiresAt") =>
        Options.Add(_transient);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        var answer = new TokenAnswer(connection.RequireToken().Reveal(), connection.ExpiresAt);
        if (invocation.Value(_transient))
            answer = await DelegateAsync(connection, cancellationToken);

        invocation.Output.Data(answer, Answers.Default.TokenAnswer, token => token.Token);
    }

    private static async Task<TokenAnswer> DelegateAsync(Connection connection, CancellationToken cancellationToken)
    {
        connection.RequireServer();
        var transient = await connection.Client.Authentication.GetTransientTokenAsync(cancellationToken: cancellationToken);
        return new TokenAnswer(transient.Token.Reveal(), transient.ExpiresAt);
    }
}
