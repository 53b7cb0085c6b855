using System.Net;

namespace PlexAuth.Tests;

/// <summary>Clients over a stub, ready for one call.</summary>
internal static class Client
{
    public const string Token = "alice-dev-token-0001";

    public static PlexClientOptions Options(Action<PlexClientOptions>? configure = null)
    {
        var options = new PlexClientOptions
        {
            Identity = new PlexClientIdentity("test-client-1", "Tests"),
            Credential = PlexCredential.FromToken(Token),
            ServerUrl = new Uri("http://server.test:32400"),
            Retry = PlexRetry.None,
            Timeout = TimeSpan.FromMinutes(10),
        };
        configure?.Invoke(options);
        return options;
    }

    public static PlexAuthenticationClient Over(HttpMessageHandler handler, Action<PlexClientOptions>? configure = null) =>
        new PlexClient(new HttpClient(handler), Options(configure)).Authentication;

    /// <summary>What the client makes of a body that answers GET /user with 200.</summary>
    public static Task<PlexAccount> ReadAccountAsync(byte[] body) =>
        Over(new StubHandler().On("GET /api/v2/user", HttpStatusCode.OK, body)).GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken);
}
