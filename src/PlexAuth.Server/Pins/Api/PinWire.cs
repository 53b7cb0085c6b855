using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Pins;

/// <summary>A PIN as /api/v2/pins shows it to its creator.</summary>
internal static class PinWire
{
    // Apps created without a product are shown under this name by clients and by plex.tv.
    private const string NoProduct = "0";

    public static byte[] Render(PlexFormat format, Pin pin, Uri service, DateTimeOffset now) => WireDocument.Render(format, "pin", wire => Write(wire, pin, service, now));

    public static void Write(WireWriter wire, Pin pin, Uri service, DateTimeOffset now)
    {
        wire.Number("id", pin.Id);
        wire.Text("code", pin.Code);
        wire.Text("product", pin.Client.Product ?? NoProduct);
        wire.Flag("trusted", false);
        wire.Text("qr", new Uri(service, $"api/v2/pins/qr/{pin.Code}").AbsoluteUri);
        wire.Text("clientIdentifier", pin.Client.ClientIdentifier);
        wire.Number("expiresIn", SecondsLeft(pin, now));
        wire.Date("createdAt", pin.CreatedAt);
        wire.Date("expiresAt", pin.ExpiresAt);
        wire.Text("authToken", pin.Token?.Reveal());
        wire.Flag("newRegistration", pin.Token is null ? null : false);
        wire.Object("location", WriteLocation);
    }

    public static long SecondsLeft(Pin pin, DateTimeOffset now) => Math.Max(0, (long)Math.Floor((pin.ExpiresAt - now).TotalSeconds));

    /// <summary>Every field is required by some client, and this server does not know where on Earth an address is.</summary>
    private static void WriteLocation(WireWriter wire)
    {
        wire.Text("code", "ZZ");
        wire.Flag("european_union_member", false);
        wire.Text("continent_code", "");
        wire.Text("country", "Unknown");
        wire.Text("city", "");
        wire.Text("time_zone", "Etc/UTC");
        wire.Text("postal_code", "");
        wire.Flag("in_privacy_restricted_country", false);
        wire.Flag("in_privacy_restricted_region", false);
        wire.Text("subdivisions", "");
        wire.Text("coordinates", "0, 0");
    }
}
