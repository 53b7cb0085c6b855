using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.Internal;
using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>Registers the client with a host's services.</summary>
public static class PlexServiceCollectionExtensions
{
    private const string HttpClientName = "PlexAuth";

    /// <summary>Registers one <see cref="PlexClient"/> for the whole app. Its options are checked when the host starts.</summary>
    /// <remarks>
    /// The client repeats by itself what may be repeated (<see cref="PlexClientOptions.Retry"/>). A handler that repeats calls, added to every client by
    /// <c>ConfigureHttpClientDefaults</c> (such as the standard resilience handler), would also repeat sign-ins, each of which counts as an attempt, and
    /// signed nonces, which count once. Keep it off this client by the builder returned: <c>RemoveAllResilienceHandlers()</c>, or
    /// <c>ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())</c> before adding handlers of one's own.
    /// </remarks>
    /// <returns>The builder of its HttpClient, to add handlers to. Handlers see tokens and passwords: they must not log headers or bodies.</returns>
    public static IHttpClientBuilder AddPlexClient(this IServiceCollection services, Action<PlexClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddOptions<PlexClientOptions>()
            .Configure(configure)
            .PostConfigure<IServiceProvider>((options, provider) => options.LoggerFactory ??= provider.GetService<ILoggerFactory>())
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PlexClientOptions>, ClientOptionsRules>());
        services.TryAddSingleton(provider => new PlexClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            provider.GetRequiredService<IOptions<PlexClientOptions>>().Value));

        // The client lives as long as the app, so connections are renewed by the handler's own lifetime limit, not by replacing the handler.
        return services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(HttpHandler.Create)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(_ => true);
    }

    /// <summary>Tells the account service once a day, and when the app starts, that the token of <see cref="AddPlexClient"/> is in use, because one that is unused for long may lapse.</summary>
    /// <param name="services">With a client.</param>
    /// <param name="configure">How often, and whom to tell how the token stands. Checked when the host starts.</param>
    public static IServiceCollection AddPlexKeepAlive(this IServiceCollection services, Action<PlexKeepAliveOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PlexKeepAliveOptions>()
            .Configure(options => configure?.Invoke(options))
            .Validate(options => options.HasGoodInterval, PlexKeepAliveOptions.IntervalProblem)
            .ValidateOnStart();
        return services.AddHostedService<KeepAlive>();
    }
}
