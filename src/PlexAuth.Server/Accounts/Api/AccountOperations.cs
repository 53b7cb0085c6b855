using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Accounts;

/// <summary>How the API's description puts the account operations.</summary>
internal static class AccountOperations
{
    private static readonly AccountWire Example = new(
        new Account
        {
            Id = 1,
            Uuid = "dae343c1f45beb4f",
            Username = "Username",
            Email = "username@email.com",
            Title = "Username",
            FriendlyName = "",
            JoinedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        },
        new PlexToken("CxoUzBTSV5hsxjTpFKaf"), DateTimeOffset.UnixEpoch, new Uri("https://plex.tv"));

    public static Operation User { get; } = new("getTokenDetails", "The account that a token stands for")
    {
        Answer = wire => Example.Write(wire, AccountShape.Documented, afterSignIn: false),
    };

    public static Operation Ping { get; } = new("ping", "Tells whether a token is valid, and keeps it alive") { Answer = wire => wire.Flag("pong", true) };

    public static Operation SignIn { get; } = new("post-users-sign-in-data", "Signs in with a login and a password")
    {
        Success = 201,
        Answer = wire => Example.Write(wire, AccountShape.Documented, afterSignIn: true),
        Form =
        [
            new("login", "Username or e-mail address") { Required = true },
            new("password", "The password, after which a verification code may follow at once") { Required = true },
            new("verificationCode", "Six digits, for an account with a second factor"),
            new("rememberMe", "In any case of letters; changes nothing", "true", "false"),
        ],
        Refusals = [400, 401, 413, 415, 429, 503],
    };

    public static Operation SignOut { get; } = new("signOut", "Makes a token invalid, and every transient one made from it") { Success = 204 };
}
