using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Devices;

/// <summary>A device as its account reads it.</summary>
/// <param name="Token">The caller's own token on the caller's own device. No other is known here, as only hashes of tokens are kept.</param>
internal sealed record DeviceWire(Device Device, PlexToken? Token)
{
    /// <summary>As /devices.xml has it: times as epoch, everything an attribute.</summary>
    public static void WriteOld(WireWriter wire, DeviceWire item)
    {
        item.WriteWhat(wire);
        wire.Number("id", item.Device.Id);
        wire.Text("token", item.Token?.Reveal() ?? "");
        wire.Epoch("createdAt", item.Device.CreatedAt);
        wire.Epoch("lastSeenAt", item.Device.LastSeenAt);
        wire.Text("screenResolution", "");
        wire.Text("screenDensity", "");
    }

    /// <summary>As /api/v2/devices has it: times as text.</summary>
    public static void Write(WireWriter wire, DeviceWire item)
    {
        item.WriteWhat(wire);
        wire.Number("id", item.Device.Id);
        wire.Text("token", item.Token?.Reveal());
        wire.Date("createdAt", item.Device.CreatedAt);
        wire.Date("lastSeenAt", item.Device.LastSeenAt);
        wire.Empty("connections");
    }

    private void WriteWhat(WireWriter wire)
    {
        wire.Text("name", Device.DisplayName);
        wire.Text("publicAddress", Device.PublicAddress ?? "");
        wire.Text("product", Device.Product ?? "");
        wire.Text("productVersion", Device.Version ?? "");
        wire.Text("platform", Device.Platform ?? "");
        wire.Text("platformVersion", Device.PlatformVersion ?? "");
        wire.Text("device", Device.Kind ?? "");
        wire.Text("model", Device.Model ?? "");
        wire.Text("vendor", Device.Vendor ?? "");
        wire.Text("provides", Device.Provides ?? "");
        wire.Text("clientIdentifier", Device.ClientIdentifier);
        wire.Text("version", Device.Version ?? "");
    }
}
