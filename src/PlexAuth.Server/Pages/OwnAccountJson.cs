using PlexAuth.Server.Audit;
using PlexAuth.Server.Devices;

namespace PlexAuth.Server.Pages;

internal sealed record PasswordForm(string? Password, string? NewPassword, string? VerificationCode)
{
    public override string ToString() => "PasswordForm(***)";
}

internal sealed record DevicePageAnswer(long Id, string Name, string? Product, string? Version, string? Platform, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt)
{
    public static DevicePageAnswer Of(Device device) =>
        new(device.Id, device.DisplayName, device.Product, device.Version, device.Platform, device.PublicAddress, device.CreatedAt, device.LastSeenAt);
}

internal sealed record EventPageAnswer(DateTimeOffset At, string Kind, string? Client, string? Address, int? Code)
{
    public static EventPageAnswer Of(SecurityEventRow row) => new(row.Moment, row.Kind, row.Subject ?? row.ClientIdentifier, row.Address, row.Code);
}

/// <param name="Uri">For a QR code; it holds the seed as well.</param>
internal sealed record EnrolmentPageAnswer(string Secret, string Uri)
{
    public override string ToString() => "EnrolmentPageAnswer(***)";
}

internal sealed record CodesPageAnswer(IReadOnlyList<string> BackupCodes)
{
    public override string ToString() => "CodesPageAnswer(***)";
}
