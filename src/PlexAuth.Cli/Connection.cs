using PlexAuth.Cli.Sessions;

namespace PlexAuth.Cli;

// The services this call talks to, as whom.
internal sealed class Connection : IDisposable
{
    private readonly PlexToken? _token;
    private readonly Session? _kept;

    private Connection(Settings settings, Session? kept, PlexToken? given)
    {
        AccountUrl = settings.AccountUrl(kept);
        ServerUrl = settings.ServerUrl();
        _kept = kept;
        TokenIsGiven = given is not null;
        // A kept token goes to the account service that issued it and to no other.
        var used = !TokenIsGiven && kept is not null && SameService(kept.AccountUrl, AccountUrl) ? kept : null;
        _token = given ?? used?.Token;
        Identity = settings.Identity(used);
        Client = new PlexClient(new PlexClientOptions
        {
            Identity = Identity,
            AccountUrl = AccountUrl,
            ServerUrl = ServerUrl,
            Timeout = settings.Timeout(),
            // A person is waiting, and can try again once the address is right.
            Retry = PlexRetry.Default with { RetryConnectionFailures = false },
            Credential = _token is { } token ? PlexCredential.FromToken(token) : null,
        });
    }

    public Uri AccountUrl { get; }

    public Uri? ServerUrl { get; }

    public PlexClientIdentity Identity { get; }

    public PlexClient Client { get; }

    // The token came with PLEX_TOKEN, not from the kept sign-in.
    public bool TokenIsGiven { get; }

    public static Connection AsSignedIn(Settings settings, SessionFile sessions)
    {
        var given = settings.GivenToken();
        return new Connection(settings, given is null ? sessions.Load() : null, given);
    }

    // Nothing kept is used: a password goes where this call says, not where an earlier one went.
    public static Connection ForSigningIn(Settings settings) => new(settings, kept: null, given: null);

    public PlexToken RequireToken()
    {
        if (_token is { } token)
            return token;

        throw ToolException.SignInNeeded(_kept is null
            ? "You are not signed in. Sign in with: plexauth signin"
            : $"You are signed in to {_kept.AccountUrl}, not to {AccountUrl}. Sign in there with: plexauth signin --account-url {AccountUrl}");
    }

    public void RequireServer()
    {
        if (ServerUrl is null)
            throw ToolException.Usage("This goes to a media server: name it with --server-url or PLEX_SERVER_URL, such as http://127.0.0.1:32400.");
    }

    public void Dispose() => Client.Dispose();

    private static bool SameService(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && one.AbsolutePath.TrimEnd('/') == other.AbsolutePath.TrimEnd('/');
}
