using Microsoft.AspNetCore.Authentication;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore;

/// <summary>How an application takes in Plex tokens. Where the account service is asked about them, <see cref="ClientIdentifier"/> must be set.</summary>
public sealed class PlexTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>The application's name, as the account service hears it.</summary>
    public string? Product { get; set; }

    /// <summary>A stable id of this installation, made once and kept.</summary>
    public string? ClientIdentifier { get; set; }

    /// <summary>The account service that knows the tokens.</summary>
    /// <value><c>https://plex.tv/api/v2</c>.</value>
    public Uri AccountUrl { get; set; } = new("https://plex.tv/api/v2");

    /// <summary>Reaches the account service. Its handler must not follow redirects, which would take tokens along.</summary>
    /// <value>Null: a client of the scheme's own.</value>
    public HttpClient? Backchannel { get; set; }

    /// <summary>How long the account service's answers serve.</summary>
    public PlexCacheOptions Cache { get; } = new();

    /// <summary>Which claims are made of the account.</summary>
    public PlexClaimActions ClaimActions { get; } = PlexClaims.CreateActions();

    /// <summary>Decides what a token is worth.</summary>
    /// <value>Null: the <see cref="PlexTokenValidator"/> among the application's services, or if there is none, the account service at <see cref="AccountUrl"/>.</value>
    public PlexTokenValidator? Validator { get; set; }

    /// <summary>Keeps the token for the length of the request, for access policies and <c>HttpContext.GetTokenAsync("access_token")</c>.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool SaveToken { get; set; } = true;

    /// <summary>Also accepts <c>X-Plex-Token</c> as a query argument, which older Plex clients send. Off, because URLs end up in logs.</summary>
    /// <value>Default <see langword="false"/>. The header wins where both are sent.</value>
    public bool AllowQueryToken { get; set; }

    /// <summary>Hooks into receiving a token and refusing a caller.</summary>
    public new PlexTokenEvents Events
    {
        get => (PlexTokenEvents?)base.Events ?? (PlexTokenEvents)(base.Events = new PlexTokenEvents());
        set => base.Events = value;
    }

    internal Lazy<AccountService>? Service { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Cache.Validate();
        ServiceAddress.Check(AccountUrl, "PlexTokenOptions.AccountUrl");
        if (Validator is AccountTokenValidator)
            _ = CreateIdentity();
    }

    internal PlexClientIdentity CreateIdentity() => string.IsNullOrWhiteSpace(ClientIdentifier)
        ? throw new InvalidOperationException(
            "AddPlexToken needs PlexTokenOptions.ClientIdentifier to ask the account service: make a random one once, such as my-app-7f3c, and keep it in the configuration.")
        : new PlexClientIdentity(ClientIdentifier, Product) { Platform = "Web" };
}
