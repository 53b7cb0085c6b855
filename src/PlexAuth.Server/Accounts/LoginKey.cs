using System.Text;

namespace PlexAuth.Server.Accounts;

/// <summary>The one form of a login by which accounts are found, so that every spelling of it is the same login everywhere.</summary>
internal static class LoginKey
{
    private const int MaxLength = 320;
    private const int FullWidthOffset = '！' - '!';

    /// <returns>Null for what can be nobody's login.</returns>
    public static string? From(string? login)
    {
        if (login is null || login.Length > MaxLength)
            return null;
        var key = Compose(login).Trim().ToLowerInvariant();
        return key.Length == 0 || key.Any(char.IsControl) || key.EnumerateRunes().Contains(Rune.ReplacementChar) ? null : key;
    }

    /// <summary>NFKC. Full-width forms, which East Asian keyboards produce, are also folded where the runtime has no Unicode tables.</summary>
    private static string Compose(string login)
    {
        try
        {
            login = login.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // A lone surrogate, which is no text: nobody's login.
        }

        return string.Create(login.Length, login, static (key, source) =>
        {
            for (var i = 0; i < key.Length; i++)
                key[i] = source[i] is >= '！' and <= '～' ? (char)(source[i] - FullWidthOffset) : source[i];
        });
    }
}
