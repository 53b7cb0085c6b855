using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore;

/// <summary>
/// A sign-in on its way, kept by the browser that started it. The callback's address holds only the name of the cookie: somebody else's browser does not
/// have it, and the PIN inside cannot be exchanged.
/// </summary>
internal static class SignInState
{
    public const string QueryName = "state";

    private const string CorrelationItem = ".xsrf";
    private const string PinItem = ".plex.pin";
    private const string PinEndItem = ".plex.pin.end";
    private const int LongestKey = 64;

    /// <summary>Browsers drop a cookie of more than 4,096 bytes, as the address of the page asked for may make it.</summary>
    private static readonly ChunkingCookieManager Cookies = new() { ThrowForPartialCookies = false };

    /// <summary>The random part that distinguishes sign-ins of one browser; made with the correlation cookie.</summary>
    public static string KeyOf(AuthenticationProperties properties) =>
        properties.Items[CorrelationItem] ?? throw new InvalidOperationException("The correlation id is made first.");

    public static void Write(HttpContext context, PlexOptions options, AuthenticationProperties properties, PlexPinSignIn signIn, DateTimeOffset now)
    {
        properties.Items[PinItem] = signIn.Id.ToString(CultureInfo.InvariantCulture);
        properties.Items[PinEndItem] = signIn.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var cookie = Cookie(context, options);
        cookie.Expires = now + options.RemoteAuthenticationTimeout;
        Cookies.AppendResponseCookie(context, options.StateCookie.Name + KeyOf(properties), options.StateDataFormat!.Protect(properties), cookie);
    }

    /// <summary>Each state is good for one callback.</summary>
    public static (AuthenticationProperties Properties, long PinId, DateTimeOffset PinEnd)? Take(HttpContext context, PlexOptions options)
    {
        var key = context.Request.Query[QueryName];
        if (key is not [{ Length: > 0 and <= LongestKey } one] || !one.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        if (Cookies.GetRequestCookie(context, options.StateCookie.Name + one) is not { Length: > 0 } value)
            return null;

        Cookies.DeleteCookie(context, options.StateCookie.Name + one, Cookie(context, options));
        return options.StateDataFormat!.Unprotect(value) is { } properties ? Open(properties) : null;
    }

    private static (AuthenticationProperties, long, DateTimeOffset)? Open(AuthenticationProperties properties)
    {
        properties.Items.Remove(PinItem, out var pin);
        properties.Items.Remove(PinEndItem, out var end);
        return long.TryParse(pin, CultureInfo.InvariantCulture, out var id) && long.TryParse(end, CultureInfo.InvariantCulture, out var seconds)
            ? (properties, id, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    private static CookieOptions Cookie(HttpContext context, PlexOptions options)
    {
        var cookie = options.StateCookie.Build(context);
        var pathBase = context.Features.Get<IAuthenticationFeature>()?.OriginalPathBase ?? context.Request.PathBase;
        cookie.Path = options.StateCookie.Path ?? pathBase + options.CallbackPath;
        return cookie;
    }
}
