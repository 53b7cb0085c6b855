using PlexAuth.Server.Audit;
using PlexAuth.Server.Devices;
using PlexAuth.Server.SecondFactors;
using QRCoder;

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

/// <param name="Uri">What an authenticator app reads; it holds the seed as well.</param>
/// <param name="Qr">The same as a QR code: a picture in a data: address.</param>
internal sealed record EnrolmentPageAnswer(string Secret, string Uri, string Qr)
{
    private const int PixelsPerModule = 6;

    public static EnrolmentPageAnswer Of(TwoFactorAnswer.Begun begun)
    {
        using var symbol = QRCodeGenerator.GenerateQrCode(begun.Uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(symbol);
        return new(begun.Seed, begun.Uri, $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(PixelsPerModule))}");
    }

    public override string ToString() => "EnrolmentPageAnswer(***)";
}

internal sealed record CodesPageAnswer(IReadOnlyList<string> BackupCodes)
{
    public override string ToString() => "CodesPageAnswer(***)";
}
