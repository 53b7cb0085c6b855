using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Pins;

/// <summary>The secrets of a PIN: the code that a person types or a link carries, and the id by which its creator polls.</summary>
internal static class PinCode
{
    /// <summary>Capital letters and digits without the pairs that people confuse (0 and O, 1 and I); 32 of them, so four make exactly 20 bits.</summary>
    public const string ShortAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public const string StrongAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public const int ShortLength = 4;

    /// <summary>Of a short code, to its source.</summary>
    public const string Purpose = "PIN code";

    public const int StrongLength = 25;

    // Every known client reads the id as a signed or unsigned 32-bit integer.
    private const int LowestId = 1 << 28;

    public static string NewShort(RandomSource random, int length) => random.Text(Purpose, ShortAlphabet, length);

    public static string NewStrong(RandomSource random) => random.Text("strong PIN code", StrongAlphabet, StrongLength);

    public static int NewId(RandomSource random) => random.Number("PIN id", LowestId - 1, int.MaxValue) + 1;

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
