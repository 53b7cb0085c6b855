using System.Text;

namespace PlexAuth.Internal.Pins;

/// <summary>The pages that belong to an account service. Everything an app says to the sign-in page is in the fragment, which no server sees or logs.</summary>
internal static class PinAddress
{
    private const string ApiPath = "/api/v2";

    /// <summary>plex.tv has its pages on other hosts; every other service has them beside its API.</summary>
    public static string AuthPage(Uri accountUrl) => IsPlex(accountUrl) ? "https://app.plex.tv/auth" : Beside(accountUrl, "/auth");

    public static string LinkPage(Uri accountUrl) => IsPlex(accountUrl) ? "https://plex.tv/link" : Beside(accountUrl, "/link");

    public static string Of(string authPage, string code, PlexClientIdentity identity, Uri? forwardUrl)
    {
        var address = new StringBuilder(authPage).Append("#?");
        Add(address, "clientID", identity.ClientIdentifier);
        Add(address, "code", code);
        Add(address, "forwardUrl", forwardUrl?.AbsoluteUri);
        AddDevice(address, "product", identity.Product);
        AddDevice(address, "version", identity.Version);
        AddDevice(address, "platform", identity.Platform);
        AddDevice(address, "platformVersion", identity.PlatformVersion);
        AddDevice(address, "device", identity.Device);
        AddDevice(address, "deviceName", identity.DeviceName);
        AddDevice(address, "model", identity.Model);
        AddDevice(address, "vendor", identity.DeviceVendor);
        return address.ToString();
    }

    private static void AddDevice(StringBuilder address, string name, string? value) => Add(address, $"context[device][{name}]", value);

    private static void Add(StringBuilder address, string name, string? value)
    {
        if (value is null)
            return;
        if (address[^1] != '?')
            address.Append('&');

        address.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static bool IsPlex(Uri accountUrl) =>
        accountUrl.Host.Equals("plex.tv", StringComparison.OrdinalIgnoreCase) || accountUrl.Host.EndsWith(".plex.tv", StringComparison.OrdinalIgnoreCase);

    private static string Beside(Uri accountUrl, string page)
    {
        var path = accountUrl.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase))
            path = path[..^ApiPath.Length];

        return accountUrl.GetLeftPart(UriPartial.Authority) + path + page;
    }
}
