namespace PlexAuth.Internal.Http;

/// <summary>What is the same in every call of one operation.</summary>
/// <param name="Name">In words, for messages and logs.</param>
/// <param name="Span">For traces and measurements.</param>
/// <param name="Method">The usual verb.</param>
/// <param name="Path">Below the account service's or media server's address.</param>
internal sealed record Operation(string Name, string Span, HttpMethod Method, string Path)
{
    public static readonly Operation TokenDetails = new("token details", "plex.token_details", HttpMethod.Get, "/user");

    public static readonly Operation SignIn = new("sign-in", "plex.sign_in", HttpMethod.Post, "/users/signin") { NeedsToken = false, Repeatable = false };

    public static readonly Operation SignOut = new("sign-out", "plex.sign_out", HttpMethod.Delete, "/users/signout");

    public static readonly Operation Ping = new("ping", "plex.ping", HttpMethod.Get, "/ping");

    public static readonly Operation TransientToken =
        new("transient token", "plex.transient_token", HttpMethod.Post, "/security/token") { OnMediaServer = true };

    public static readonly Operation SourceConnection =
        new("source connection", "plex.source_connection", HttpMethod.Get, "/security/resources") { OnMediaServer = true };

    public static readonly Operation PinCreation = new("PIN creation", "plex.pin.create", HttpMethod.Post, "/pins") { NeedsToken = false };

    public static readonly Operation PinCheck = new("PIN check", "plex.pin.check", HttpMethod.Get, "/pins") { NeedsToken = false };

    /// <summary>No call, but many <see cref="PinCheck"/>s, from the start of the wait to what it ends with.</summary>
    public static readonly Operation PinWait = new("PIN wait", "plex.pin.wait", HttpMethod.Get, "/pins") { NeedsToken = false };

    public static readonly Operation PinLink = new("PIN link", "plex.pin.link", HttpMethod.Put, "/pins/link") { Repeatable = false };

    public static readonly Operation KeyRegistration = new("key registration", "plex.key.register", HttpMethod.Post, "/auth/jwk");

    public static readonly Operation Nonce = new("nonce", "plex.key.nonce", HttpMethod.Get, "/auth/nonce") { NeedsToken = false };

    public static readonly Operation KeyExchange = new("key exchange", "plex.key.exchange", HttpMethod.Post, "/auth/token") { NeedsToken = false, Repeatable = false };

    public static readonly Operation IssuerKeys = new("issuer keys", "plex.key.issuer", HttpMethod.Get, "/auth/keys") { NeedsToken = false };

    public static readonly Operation Resources = new("list of servers", "plex.resources", HttpMethod.Get, "/resources");

    public static readonly Operation HomeUsers = new("list of the Home", "plex.home.users", HttpMethod.Get, "/home/users");

    public static readonly Operation HomeSwitch = new("switch of the Home user", "plex.home.switch", HttpMethod.Post, "/home/users") { Repeatable = false };

    public static readonly Operation DeviceList = new("device list", "plex.devices", HttpMethod.Get, "/devices") { AtRoot = true };

    public static readonly Operation DeviceRemoval = new("device removal", "plex.device.remove", HttpMethod.Delete, "/devices") { AtRoot = true };

    public static readonly Operation TwoFactorStart = new("two-factor start", "plex.two_factor.start", HttpMethod.Post, "/user/two-factor") { Repeatable = false };

    public static readonly Operation TwoFactorConfirmation = new("two-factor confirmation", "plex.two_factor.confirm", HttpMethod.Put, "/user/two-factor") { Repeatable = false };

    public static readonly Operation TwoFactorRemoval = new("two-factor removal", "plex.two_factor.remove", HttpMethod.Delete, "/user/two-factor") { Repeatable = false };

    public static readonly Operation BackupCodes = new("backup codes", "plex.two_factor.backup_codes", HttpMethod.Post, "/user/backup-codes") { Repeatable = false };

    /// <summary>The path is older than <c>/api/v2</c> and not below it.</summary>
    public bool AtRoot { get; init; }

    public bool OnMediaServer { get; init; }

    public bool NeedsToken { get; init; } = true;

    /// <summary>Whether a call that may have reached the server may be made again.</summary>
    public bool Repeatable { get; init; } = true;
}
