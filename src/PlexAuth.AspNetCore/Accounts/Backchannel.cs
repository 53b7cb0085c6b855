using System.Text;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>The connection to an account service where the application brings none of its own.</summary>
internal static class Backchannel
{
    private const long LongestAnswer = 4 * 1024 * 1024;

    public static HttpClient Create(HttpMessageHandler? handler, TimeSpan timeout) => new(handler ?? CreateHandler())
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>Redirects are not followed: the token would go along to whichever host they name.</summary>
    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
    };
}
