using QRCoder;

namespace PlexAuth.Cli;

internal static class QrCode
{
    // Cameras want dark on light: with colours the drawing has its own, else it is right on a dark terminal, and on a light one for cameras that read both.
    public static string Draw(string text, bool colors)
    {
        using var symbol = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var picture = new AsciiQRCode(symbol);
        var lines = picture.GetGraphicSmall();
        return colors ? string.Join('\n', lines.Split('\n').Select(line => $"\e[97;40m{line}\e[0m")) : lines;
    }
}
