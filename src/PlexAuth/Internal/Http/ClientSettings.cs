using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PlexAuth.Internal.Http;

/// <summary>The options as they were when the client was made, checked.</summary>
internal sealed class ClientSettings
{
    public ClientSettings(PlexClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ClientOptionsRules.FirstFailure(options) is { } failure)
            throw new InvalidOperationException(failure);

        Identity = options.Identity!;
        IdentityHeaders = IdentityHeaders.Of(Identity);
        Credential = options.Credential;
        AccountUrl = options.AccountUrl;
        ServerUrl = options.ServerUrl;
        AuthPageUrl = options.AuthPageUrl;
        Format = options.Format;
        Retry = options.Retry;
        Timeout = options.Timeout;
        TimeProvider = options.TimeProvider;
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("PlexAuth");
    }

    public PlexClientIdentity Identity { get; }

    public IdentityHeaders IdentityHeaders { get; }

    public PlexCredential? Credential { get; }

    public Uri AccountUrl { get; }

    public Uri? ServerUrl { get; }

    public Uri? AuthPageUrl { get; }

    public PlexFormat Format { get; }

    public PlexRetry Retry { get; }

    public TimeSpan Timeout { get; }

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    /// <summary>Whether an address is that of the configured account service, with a slash at its end or without.</summary>
    public bool IsAccountService(Uri address) =>
        Uri.Compare(address, AccountUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && address.AbsolutePath.TrimEnd('/') == AccountUrl.AbsolutePath.TrimEnd('/');
}
