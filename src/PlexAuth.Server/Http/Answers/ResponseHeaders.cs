using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Http.Answers;

/// <summary>Headers of every answer. Any web page may call (no cookie ever changes an answer), none may frame, cache or run one.</summary>
internal static class ResponseHeaders
{
    private static readonly StringValues AnyOrigin = "*";
    private static readonly StringValues Exposed = "Location, Retry-After, X-Request-Id";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Deny = "DENY";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues NoContentPolicy = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues CrossOrigin = "cross-origin";
    private static readonly StringValues MediaServerProtocol = "1.0";

    public static void Write(HttpContext context, PlexRole role)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = AnyOrigin;
        headers.AccessControlExposeHeaders = Exposed;
        headers.CacheControl = NoStore;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.ContentSecurityPolicy = NoContentPolicy;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Resource-Policy"] = CrossOrigin;
        headers["X-Request-Id"] = context.TraceIdentifier;
        if (role == PlexRole.MediaServer)
            headers["X-Plex-Protocol"] = MediaServerProtocol;
    }

    public static void WriteDate(HttpContext context, DateTimeOffset now) => context.Response.Headers.Date = now.ToString("r", CultureInfo.InvariantCulture);

    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

    public static void AnswerPreflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, HEAD, DELETE, OPTIONS";
        headers.AccessControlMaxAge = "86400";
        headers.Vary = "Access-Control-Request-Headers";
        if (context.Request.Headers.AccessControlRequestHeaders is [{ Length: > 0 } wanted, ..] && !wanted.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            headers.AccessControlAllowHeaders = wanted;

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
