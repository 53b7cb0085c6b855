using System.Buffers;
using System.Text;
using PlexAuth.Server.Text;

namespace PlexAuth.Server.Http.Calls;

/// <summary>What clients say about themselves, made fit to be stored and shown.</summary>
internal static class IdentityText
{
    public const int MaxLength = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Letters, digits and what GUIDs, MAC addresses and base64 need; nothing with a meaning in HTML, XML, SQL or a log line.
    private static readonly SearchValues<char> Opaque =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-+/=~@{}");

    /// <summary>An identifier or token that this server could have to do with.</summary>
    public static bool IsOpaque(string value) => value.Length <= MaxLength && !value.AsSpan().ContainsAnyExcept(Opaque);

    /// <summary>Undoes the byte-for-byte reading of a header: valid UTF-8 wins, anything else stays ISO-8859-1.</summary>
    public static string FromHeader(string value)
    {
        if (Ascii.IsValid(value) || value.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
            return value;

        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }

    /// <summary>Drops what could break a log line, a page or a terminal, cuts at <see cref="MaxLength"/> characters, and leaves one spelling of each.</summary>
    public static string Clean(string value)
    {
        if (value.Length <= MaxLength && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return value.Trim();

        var clean = new StringBuilder(Math.Min(value.Length, MaxLength));
        foreach (var rune in value.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxLength)
                break;
            if (IsFit(rune))
                clean.Append(rune.ToString());
        }

        return UnicodeComposition.Compose(clean.ToString().Trim());
    }

    private static bool IsFit(Rune rune) => !Rune.IsControl(rune)
        && rune.Value is not (0x061C or (>= 0x200E and <= 0x200F) or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0xFFFD or 0xFFFE or 0xFFFF);
}
