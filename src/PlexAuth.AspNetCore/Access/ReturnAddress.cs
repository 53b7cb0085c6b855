using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore.Access;

/// <summary>The page a browser wanted before it had to sign in.</summary>
internal static class ReturnAddress
{
    private const string Parameter = "?rd=";

    /// <summary>As the proxy tells it in its question; null if it does not.</summary>
    public static string? Asked(HttpRequest request)
    {
        var uri = request.Headers["X-Forwarded-Uri"].ToString();
        if (uri is not ['/', ..])
            return null;

        var scheme = request.Headers["X-Forwarded-Proto"].ToString() is { Length: > 0 } proto ? proto : request.Scheme;
        var host = request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } name ? name : request.Host.Value;
        return $"{scheme}://{host}{uri}";
    }

    public static string Query(string address) => Parameter + Uri.EscapeDataString(address);

    /// <summary>As it came in the query: escaped, or as it is up to the end, because nginx cannot escape.</summary>
    public static string? Returned(HttpRequest request)
    {
        var query = request.QueryString.Value ?? "";
        if (!query.StartsWith(Parameter, StringComparison.Ordinal))
            return null;

        var address = query[Parameter.Length..];
        return address.Contains("://", StringComparison.Ordinal) ? address : Uri.UnescapeDataString(address);
    }

    public static bool IsAllowed(string? address, IEnumerable<string> hosts) =>
        address is not null
        && !address.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !address.Contains('\\', StringComparison.Ordinal)
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https", UserInfo: "" }
        && hosts.Any(host => Matches(uri.Host, host));

    private static bool Matches(string host, string pattern) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
