using System.CommandLine;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Commands;

internal sealed class JwtCommand : Command
{
    public JwtCommand(Tool tool)
        : base("jwt", "Device keys, and the signed tokens of seven days that they fetch.")
    {
        Subcommands.Add(new RegisterKeyCommand(tool));
        Subcommands.Add(new RefreshTokenCommand(tool));
        Subcommands.Add(new VerifyTokenCommand(tool));
        Subcommands.Add(new InspectTokenCommand(tool));
    }
}

internal sealed class RegisterKeyCommand : ToolCommand
{
    private readonly Option<FileInfo> _keyFile = new("--key-file")
    {
        Description = "An Ed25519 private key in PEM, as 'openssl genpkey -algorithm ed25519' writes it. Default: a new key",
        HelpName = "file",
    };

    public RegisterKeyCommand(Tool tool)
        : base(
            tool,
            "register",
            "Register a device key for the kept sign-in, which from then on renews itself.",
            "plexauth jwt register",
            "openssl genpkey -algorithm ed25519 -out key.pem && plexauth jwt register --key-file key.pem") =>
        Options.Add(_keyFile);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        using var key = await MakeKeyAsync(invocation, cancellationToken);
        var session = connection.RequireSession();
        await DeviceKeys.RegisterAsync(invocation, connection, session, key, cancellationToken);
        invocation.Output.Data(DeviceKeys.Answer(key, await invocation.LoadAsync(cancellationToken)), Answers.Default.DeviceKeyAnswer, DeviceKeys.Describe);
    }

    private async Task<PlexSigningKey> MakeKeyAsync(Invocation invocation, CancellationToken cancellationToken) => invocation.Value(_keyFile) is { } file
        ? PlexSigningKey.ImportPem(await Blocking.ReadAsync(() => File.ReadAllText(file.FullName), cancellationToken), invocation.Variables.Read("PLEX_KEY_PASSPHRASE"))
        : PlexSigningKey.Create();
}

internal sealed class RefreshTokenCommand(Tool tool) : ToolCommand(
    tool, "refresh", "Fetch a new token by the kept device key, before it is due.", "plexauth jwt refresh", "plexauth jwt refresh --json | jq -r .expiresAt")
{
    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        var key = connection.RequireSession().DeviceKey
            ?? throw new ToolException("This sign-in has no device key. Register one with: plexauth jwt register");
        await DeviceKeys.RefreshAsync(invocation, connection, key, cancellationToken);
        invocation.Output.Data(DeviceKeys.Answer(key, await invocation.LoadAsync(cancellationToken)), Answers.Default.DeviceKeyAnswer, DeviceKeys.Describe);
    }
}

internal sealed class VerifyTokenCommand(Tool tool) : ToolCommand(
    tool,
    "verify",
    "Check the token in use by the account service's public keys: signature, issuer, device and times.",
    "plexauth jwt verify",
    "PLEX_TOKEN_FILE=/run/secrets/token plexauth jwt verify")
{
    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        var token = DeviceKeys.Read(connection.RequireToken());
        var client = connection.TokenIsGiven ? token.Claims.Audiences is [.., var last] ? last : null : null;
        var found = await connection.Client.Keys.VerifyAsync(token.Token.Reveal(), client, cancellationToken);
        invocation.Output.Data(new VerificationAnswer(found.IsValid, found.Status.ToString(), found.Problem), Answers.Default.VerificationAnswer, Describe);
        if (!found.IsValid)
            throw new ToolException($"The token is not valid. {found.Problem}");
    }

    private static string Describe(VerificationAnswer answer) =>
        answer.Valid ? "The token is valid by signature and time. Whether it was revoked meanwhile shows: plexauth whoami" : $"{answer.Status}: {answer.Problem}";
}

internal sealed class InspectTokenCommand(Tool tool) : ToolCommand(
    tool, "inspect", "Show what the token in use says, without checking it and without showing it. Calls nobody.", "plexauth jwt inspect", "plexauth jwt inspect --json")
{
    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        var token = DeviceKeys.Read(connection.RequireToken());
        var (claims, user) = (token.Claims, token.Claims.User);
        var answer = new ClaimsAnswer(token.KeyId, claims.Issuer, claims.Audiences, claims.IssuedAt, claims.ExpiresAt, claims.Thumbprint, user?.Id, user?.Uuid, user?.Username, user?.Email);
        invocation.Output.Data(answer, Answers.Default.ClaimsAnswer, Describe);
    }

    private static IReadOnlyList<string> Describe(ClaimsAnswer claims) =>
    [
        $"Signed by   {claims.Issuer}, key {claims.KeyId}",
        $"For         {string.Join(", ", claims.Audiences)}",
        $"Account     {claims.UserId}{(claims.Username is null ? "" : $" ({claims.Username})")}",
        $"Device key  {claims.Thumbprint}",
        $"Valid       {claims.IssuedAt:u} to {claims.ExpiresAt:u}",
    ];
}
