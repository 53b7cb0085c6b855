namespace PlexAuth.Cli;

// The services this call talks to, as whom.
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(1);

    private readonly PlexToken? _token;
    private readonly PlexSession? _kept;
    private readonly PlexSession? _used;

    private Connection(Settings settings, PlexSession? kept, PlexToken? given, Invocation? invocation = null)
    {
        AccountUrl = settings.AccountUrl(kept);
        ServerUrl = settings.ServerUrl();
        Timeout = settings.Timeout();
        _kept = kept;
        TokenIsGiven = given is not null;
        // A kept token goes to the account service that issued it and to no other.
        var used = !TokenIsGiven && kept is not null && SameService(kept.AccountUrl, AccountUrl) ? kept : null;
        _used = used;
        _token = given ?? used?.Token;
        Identity = settings.Identity(used);
        Client = new PlexClient(new PlexClientOptions
        {
            Identity = Identity,
            AccountUrl = AccountUrl,
            ServerUrl = ServerUrl,
            Timeout = Timeout,
            // A person is waiting, and can try again once the address is right.
            Retry = PlexRetry.Default with { RetryConnectionFailures = false },
            Credential = CredentialOf(used, invocation),
        });
    }

    public Uri AccountUrl { get; }

    public Uri? ServerUrl { get; }

    public TimeSpan Timeout { get; }

    public PlexClientIdentity Identity { get; }

    public PlexClient Client { get; }

    // When the token ends; null if it lasts until revoked.
    public DateTimeOffset? ExpiresAt => _used?.ExpiresAt;

    // The token came with PLEX_TOKEN, not from the kept sign-in.
    public bool TokenIsGiven { get; }

    public static async Task<Connection> AsSignedInAsync(Settings settings, Invocation invocation, CancellationToken cancellationToken)
    {
        var given = settings.GivenToken();
        var kept = given is null ? await invocation.LoadAsync(cancellationToken) : null;
        var connection = new Connection(settings, kept, given, invocation);
        return kept?.DeviceKey is null || connection._used is null ? connection : await connection.RenewIfDueAsync(settings, invocation, cancellationToken);
    }

    // Nothing kept is used: a password goes where this call says, not where an earlier one went.
    public static Connection ForSigningIn(Settings settings) => new(settings, kept: null, given: null);

    public bool HasToken => _token is not null;

    public PlexToken RequireToken()
    {
        if (_token is { } token)
            return token;

        throw ToolException.SignInNeeded(_kept is null
            ? "You are not signed in. Sign in with: plexauth signin"
            : $"You are signed in to {_kept.AccountUrl}, not to {AccountUrl}. Sign in there with: plexauth signin --account-url {AccountUrl}");
    }

    public PlexSession RequireSession()
    {
        RequireToken();
        return _used ?? throw ToolException.Usage("This is about the kept sign-in, and PLEX_TOKEN goes before it. Unset PLEX_TOKEN.");
    }

    public void RequireServer()
    {
        if (ServerUrl is null)
            throw ToolException.Usage("This goes to a media server: name it with --server-url or PLEX_SERVER_URL, such as http://127.0.0.1:32400.");
    }

    public void Dispose() => Client.Dispose();

    // Whoever names another client identifier than the sign-in's wants just its token.
    private PlexCredential? CredentialOf(PlexSession? used, Invocation? invocation) =>
        used?.ClientIdentifier == Identity.ClientIdentifier && invocation is not null ? PlexCredential.FromSession(invocation.Profiles.Store, invocation.Profile)
        : _token is { } token ? PlexCredential.FromToken(token)
        : null;

    // A command may show the token, or use it in the end, so an old one is replaced first.
    private async Task<Connection> RenewIfDueAsync(Settings settings, Invocation invocation, CancellationToken cancellationToken)
    {
        if (_used?.ExpiresAt > TimeProvider.System.GetUtcNow() + RenewBefore)
            return this;

        using (this)
            await Commands.DeviceKeys.RefreshAsync(invocation, this, _used!.DeviceKey!, cancellationToken);
        return new Connection(settings, await invocation.LoadAsync(cancellationToken), given: null, invocation);
    }

    private static bool SameService(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && one.AbsolutePath.TrimEnd('/') == other.AbsolutePath.TrimEnd('/');
}
