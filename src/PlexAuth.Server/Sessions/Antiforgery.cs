using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Data;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Sessions;

/// <summary>Tells the pages' own calls from those that another site makes a browser send.</summary>
internal sealed class Antiforgery(KeyRing keys, RandomSource random)
{
    public const string Header = "X-PlexAuth-Antiforgery";
    private const string Purpose = "antiforgery";
    private const int SeedBytes = 16;

    /// <summary>What a page has to send along. It belongs to this browser and to the session that it has, which may just have begun.</summary>
    public string TokenFor(HttpContext context, string? sessionId)
    {
        if (SessionCookie.ReadAntiforgery(context) is not { } seed)
        {
            seed = Base64Url.EncodeToString(random.Bytes(Purpose, SeedBytes));
            SessionCookie.WriteAntiforgery(context, seed);
        }

        return Compute(seed, sessionId);
    }

    public bool Accepts(HttpContext context) =>
        ComesFromOurPage(context.Request)
        && SessionCookie.ReadAntiforgery(context) is { } seed
        && context.Request.Headers[Header] is [{ } sent]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(Compute(seed, SessionCookie.ReadSession(context))));

    // Every browser sends Origin with such a call. Its scheme is left out: behind a proxy that ends TLS, this server may not know its own.
    private static bool ComesFromOurPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"]
        && request.Headers.Origin is [{ } origin]
        && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private string Compute(string seed, string? sessionId) => Base64Url.EncodeToString(keys.Hash(Purpose, Encoding.UTF8.GetBytes($"{seed}\n{sessionId}")));
}
