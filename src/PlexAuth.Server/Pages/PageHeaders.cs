using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PlexAuth.Server.Pages;

/// <summary>The headers that keep a page, and what it loads, from being framed, scripted by others or remembered.</summary>
internal static class PageHeaders
{
    // form-action does not have to cover other sites: leaving for one is a link or location.replace, never a form.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
        "object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private const string PermissionsPolicy = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    public const string SameOrigin = "same-origin";

    /// <summary>For the page that apps open as a popup and watch through <c>popup.closed</c>, which any stricter policy breaks.</summary>
    public const string UnsafeNone = "unsafe-none";

    public static void Set(HttpContext context, string openerPolicy = SameOrigin)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers[HeaderNames.CacheControl] = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = openerPolicy;
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
