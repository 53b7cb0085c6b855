using System.Security.Cryptography;

namespace PlexAuth.Server.Pins;

/// <summary>The secrets of a PIN: the code that a person types or a link carries, and the id by which its creator polls.</summary>
internal static class PinCode
{
    /// <summary>Capital letters and digits without the pairs that people confuse (0 and O, 1 and I); 32 of them, so four make exactly 20 bits.</summary>
    public const string ShortAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public const string StrongAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public const int ShortLength = 4;

    public const int StrongLength = 25;

    // Every known client reads the id as a signed or unsigned 32-bit integer.
    private const int LowestId = 1 << 28;

    public static string NewShort(int length) => RandomNumberGenerator.GetString(ShortAlphabet, length);

    public static string NewStrong() => RandomNumberGenerator.GetString(StrongAlphabet, StrongLength);

    public static int NewId() => RandomNumberGenerator.GetInt32(LowestId - 1, int.MaxValue) + 1;

    public static bool IsStrong(string code) => code.Length == StrongLength;

    /// <summary>The one spelling under which a code is stored, compared and counted; null when no code can look like that.</summary>
    public static string? Normalize(string? typed)
    {
        if (typed is null || typed.Length > 64)
            return null;

        var kept = string.Concat(typed.Where(character => character != '-' && !char.IsWhiteSpace(character)));
        if (kept.Length is 0 or > StrongLength || !kept.All(char.IsAsciiLetterOrDigit))
            return null;

        return IsStrong(kept) ? kept.ToLowerInvariant() : kept.ToUpperInvariant();
    }
}
