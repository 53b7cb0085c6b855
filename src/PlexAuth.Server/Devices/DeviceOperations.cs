using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Devices;

/// <summary>How the API's description puts the device operations.</summary>
internal static class DeviceOperations
{
    private static readonly DeviceWire Example = new(
        new Device { Id = 1, ClientIdentifier = "my-app-7f3c", CreatedAt = DateTimeOffset.UnixEpoch, LastSeenAt = DateTimeOffset.UnixEpoch }, new PlexToken("CxoUzBTSV5hsxjTpFKaf"));

    public static Operation List { get; } = new("listDevices", "The devices that are signed in to the account; the caller's own token is on its own device alone")
    {
        Answer = wire => DeviceWire.Write(wire, Example),
        IsList = true,
    };

    public static Operation Remove { get; } = new("removeDevice", "Signs a device out: its tokens, and transient ones made from them, end at once") { Success = 204, Refusals = [400, 401, 404] };

    public static Operation RemoveOthers { get; } = new("removeOtherDevices", "Signs every device out but the calling one") { Success = 204 };
}
