using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore;

/// <summary>How people sign in with Plex. Only <see cref="Product"/> and <see cref="ClientIdentifier"/> have no default.</summary>
public sealed class PlexOptions : RemoteAuthenticationOptions
{
    private const string StateCookiePrefix = "__PlexState.";

    /// <summary>Sets the defaults.</summary>
    public PlexOptions()
    {
        CallbackPath = PlexDefaults.CallbackPath;
        RemoteAuthenticationTimeout = TimeSpan.FromMinutes(30);
        SaveTokens = true;
        Events = new PlexEvents();

        // The browser comes back by a plain link, which Lax cookies survive; None would need https, which apps on a home network often lack.
        CorrelationCookie.SameSite = SameSiteMode.Lax;
        CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>The application's name, which people see when they are asked to allow it.</summary>
    public string Product { get; set; } = "";

    /// <summary>A stable id of this installation, made once and kept: all its sign-ins appear on accounts as one device. Each installation has its own.</summary>
    public string ClientIdentifier { get; set; } = "";

    /// <summary>The application's version.</summary>
    public string? Version { get; set; }

    /// <summary>The account service. Set to a Plex-compatible server's, all else follows.</summary>
    /// <value><c>https://plex.tv/api/v2</c>.</value>
    public Uri AccountUrl { get; set; } = new("https://plex.tv/api/v2");

    /// <summary>The page where people allow the sign-in, if it is not where the account service usually has it.</summary>
    /// <value>Null: <c>https://app.plex.tv/auth</c> for plex.tv, <c>/auth</c> beside the API for others.</value>
    public Uri? AuthPageUrl { get; set; }

    /// <summary>How long the callback waits for a confirmation that the browser has overtaken, before it counts as not given.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ConfirmationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Which claims are made of the account.</summary>
    public PlexClaimActions ClaimActions { get; } = PlexClaims.CreateActions();

    /// <summary>The cookie that ties a sign-in to the browser that started it; its name gets a random end per sign-in. Its lifetime is <see cref="RemoteAuthenticationOptions.RemoteAuthenticationTimeout"/>.</summary>
    public CookieBuilder StateCookie { get; } = new()
    {
        Name = StateCookiePrefix,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
    };

    /// <summary>Encrypts what <see cref="StateCookie"/> holds: the PIN's id and where to go afterwards.</summary>
    /// <value>ASP.NET Core Data Protection, for this scheme only.</value>
    public ISecureDataFormat<AuthenticationProperties>? StateDataFormat { get; set; }

    /// <summary>Hooks into the sign-in.</summary>
    public new PlexEvents Events
    {
        get => (PlexEvents)base.Events;
        set => base.Events = value;
    }

    internal Lazy<AccountService>? Service { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (string.IsNullOrWhiteSpace(Product))
            throw new InvalidOperationException("AddPlex needs PlexOptions.Product, the name people see when they are asked to allow your app.");
        if (string.IsNullOrWhiteSpace(ClientIdentifier))
        {
            throw new InvalidOperationException(
                "AddPlex needs PlexOptions.ClientIdentifier: make a random one once, such as my-app-7f3c, and keep it in the configuration of this installation.");
        }

        _ = CreateIdentity();
        ServiceAddress.Check(AccountUrl, "PlexOptions.AccountUrl");
        if (AuthPageUrl is not null)
            ServiceAddress.Check(AuthPageUrl, "PlexOptions.AuthPageUrl");
        if (ConfirmationTimeout < TimeSpan.Zero)
            throw new InvalidOperationException("PlexOptions.ConfirmationTimeout cannot be negative.");
    }

    internal PlexClientIdentity CreateIdentity() => new(ClientIdentifier, Product) { Version = Version, Platform = "Web" };
}
