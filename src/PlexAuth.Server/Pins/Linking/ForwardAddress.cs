using System.Text.RegularExpressions;

namespace PlexAuth.Server.Pins;

/// <summary>Where a link says to go once a PIN is decided on. The link is not to be trusted: the app wrote it, or somebody who wants to look like the app.</summary>
/// <param name="Url">As the link has it, to be parsed by the browser that goes there.</param>
/// <param name="Host">What the person is shown, with the port if there is one.</param>
/// <param name="Automatic">Whether the page may go there by itself.</param>
internal sealed partial record ForwardAddress(string Url, string Host, bool Automatic)
{
    private const int MaxLength = 4096;

    /// <summary>Judges an address by the letters it is written with, since browsers repair what they should refuse.</summary>
    /// <param name="origins">To which it may lead without a question: the origin of the page that made the PIN, and those the operator trusts.</param>
    /// <returns>Null for an address that nobody is sent to.</returns>
    public static ForwardAddress? Judge(string? url, IEnumerable<string?> origins)
    {
        if (url is null || url.Length > MaxLength || url.Any(character => char.IsControl(character) || character is '\\' or ' '))
            return null;

        if (Shape().Match(url) is not { Success: true } match || OriginOf(match.Groups["origin"].Value) is not { } origin)
            return null;

        return new ForwardAddress(url, origin[(origin.IndexOf("//", StringComparison.Ordinal) + 2)..], origins.Any(trusted => OriginOf(trusted) == origin));
    }

    /// <summary>The one spelling of an http or https origin: lower case, no default port. Null for anything else, such as the <c>null</c> of a sandboxed page.</summary>
    public static string? OriginOf(string? text)
    {
        if (text is null || Origin().Match(text) is not { Success: true } match || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return null;

        // Numbers that are another spelling of an address, such as 0x7f.1.
        if (!uri.Host.Equals(match.Groups["host"].Value, StringComparison.OrdinalIgnoreCase))
            return null;

        return uri.IsDefaultPort ? $"{uri.Scheme}://{uri.Host}" : $"{uri.Scheme}://{uri.Host}:{uri.Port}";
    }

    [GeneratedRegex(@"^(?<origin>https?://[^/?#@]+)([/?#].*)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^https?://(?<host>[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:[0-9]{1,5})?/?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Origin();
}
