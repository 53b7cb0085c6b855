using QRCoder;

namespace PlexAuth.Server.Pins;

/// <summary>The picture of the address where a code is redeemed. It is drawn for any code, live or not, so that it tells nothing about which are.</summary>
internal static class PinQrCode
{
    public const string ContentType = "image/png";
    private const int PixelsPerModule = 8;

    public static byte[] Draw(Uri service, string code)
    {
        var address = PinCode.IsStrong(code) ? $"auth#?code={code}" : $"link/?pin={code}";
        using var symbol = QRCodeGenerator.GenerateQrCode(new Uri(service, address).AbsoluteUri, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(symbol);
        return picture.GetGraphic(PixelsPerModule);
    }
}
