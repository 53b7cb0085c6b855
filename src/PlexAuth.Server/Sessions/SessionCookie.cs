using System.Net;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Sessions;

/// <summary>The pages' two cookies. Over https they carry the prefix that ties them to this very host; without https they exist for this computer alone.</summary>
internal static class SessionCookie
{
    private const string Prefix = "__Host-";
    private const string Session = "pa_session";
    private const string Antiforgery = "pa_csrf";
    private const int MaxLength = 128;

    public static string? ReadSession(HttpContext context) => Read(context, Session);

    public static string? ReadAntiforgery(HttpContext context) => Read(context, Antiforgery);

    public static void WriteSession(HttpContext context, string id) => Write(context, Session, id);

    public static void WriteAntiforgery(HttpContext context, string value) => Write(context, Antiforgery, value);

    public static void DeleteSession(HttpContext context) => context.Response.Cookies.Delete(NameOf(context, Session), Options(context));

    /// <summary>Whether nobody on the way can read what is typed.</summary>
    public static bool IsPrivate(HttpContext context) => context.Request.IsHttps || IsThisComputer(context.Request.Host.Host);

    private static bool IsThisComputer(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string? Read(HttpContext context, string name) =>
        context.Request.Cookies[NameOf(context, name)] is { Length: > 0 and <= MaxLength } value ? value : null;

    private static void Write(HttpContext context, string name, string value) => context.Response.Cookies.Append(NameOf(context, name), value, Options(context));

    private static string NameOf(HttpContext context, string name) => context.Request.IsHttps ? Prefix + name : name;

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
