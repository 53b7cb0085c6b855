using Microsoft.Extensions.Logging;
using PlexAuth.Internal;
using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>Configuration of a <see cref="PlexClient"/>, which copies and checks it once, when it is made; later changes have no effect.</summary>
public sealed class PlexClientOptions
{
    /// <summary>Who is calling. The one option without a default.</summary>
    public PlexClientIdentity? Identity { get; set; }

    /// <summary>Where tokens come from. Not needed to sign in: a successful sign-in makes its token the client's own, which then goes before this.</summary>
    public PlexCredential? Credential { get; set; }

    /// <summary>The account service. Its path is kept and a slash at its end does not matter.</summary>
    /// <value><c>https://plex.tv/api/v2</c>; <c>https://clients.plex.tv/api/v2</c> answers the same.</value>
    public Uri AccountUrl { get; set; } = new("https://plex.tv/api/v2");

    /// <summary>The page on which a person allows a sign-in by PIN, if it is not where its account service usually has it.</summary>
    /// <value>Null: <c>https://app.plex.tv/auth</c> for plex.tv, and <c>/auth</c> beside the API for any other <see cref="AccountUrl"/>.</value>
    public Uri? AuthPageUrl { get; set; }

    /// <summary>The media server that transient tokens and source connections are asked of, such as <c>https://192.168.1.10:32400</c>.</summary>
    public Uri? ServerUrl { get; set; }

    /// <summary>The format asked for. Answers are read in either, whatever was asked.</summary>
    /// <value><see cref="PlexFormat.Json"/>.</value>
    public PlexFormat Format { get; set; } = PlexFormat.Json;

    /// <summary>When a failed call is made again.</summary>
    /// <value><see cref="PlexRetry.Default"/>.</value>
    public PlexRetry Retry { get; set; } = PlexRetry.Default;

    /// <summary>The longest one call may take, retries, waits and reading the answer included; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of timeouts, waits and expiry.</summary>
    /// <value><see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Receives the category <c>PlexAuth</c>: operations, statuses and times, never a secret. <c>AddPlexClient</c> sets it when null.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Takes addresses from the environment, where they are set: <c>PLEX_ACCOUNT_URL</c> and <c>PLEX_SERVER_URL</c>, or <c>…_FILE</c> naming a file.</summary>
    /// <remarks>
    /// The token is the business of <see cref="PlexCredential.FromEnvironment"/>, the client identifier of <see cref="PlexClientIdentity.ForThisInstallation"/>.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A variable holds no absolute address, or its file cannot be read.</exception>
    public void UseEnvironment()
    {
        AccountUrl = Address("PLEX_ACCOUNT_URL") ?? AccountUrl;
        ServerUrl = Address("PLEX_SERVER_URL") ?? ServerUrl;

        static Uri? Address(string variable) => EnvironmentVariables.Read(variable) is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && ClientOptionsRules.AddressFailure(url, variable) is null ? url
            : throw new InvalidOperationException($"{variable} is not an http or https address, such as https://192.168.1.10:32400.");
    }
}
