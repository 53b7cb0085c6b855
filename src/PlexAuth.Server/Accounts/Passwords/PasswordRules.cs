using System.Text;
using PlexAuth.Server.Text;

namespace PlexAuth.Server.Accounts;

/// <summary>What a new password must be: long enough, and not what is tried first. Nothing is asked of its characters.</summary>
internal static class PasswordRules
{
    private const int MinOwn = 4;
    private const int ShortestWord = 3;
    private const string Disguised = "0134578@$!|";
    private const string Plain = "oleastbasil";
    private static readonly string[] ProductWords = ["plexauth", "plex"];

    /// <returns>Null for a good one.</returns>
    public static AccountCreation.Refused? Check(string password, string username, string email, int minLength)
    {
        if (password.Length <= PasswordHashing.MaxTyped)
            password = UnicodeComposition.Compose(password);
        var length = password.EnumerateRunes().Count();
        if (length < minLength)
            return Refuse(1032, $"The password is too short: {minLength} characters at least; a sentence is easier to remember and harder to guess.");
        if (length > PasswordHashing.MaxCodePoints || Encoding.UTF8.GetByteCount(password) > PasswordHashing.MaxBytes)
            return Refuse(1033, $"The password is too long: {PasswordHashing.MaxCodePoints} characters at most.");
        if (password.Contains('\0', StringComparison.Ordinal))
            return Refuse(1033, "The password has a NUL character, which many apps cannot send.");
        if (password.EnumerateRunes().Contains(Rune.ReplacementChar))
            return Refuse(1033, "The password has characters that could not be read. Send it as UTF-8.");

        var small = password.ToLowerInvariant();
        if (IsMadeOf(small, [username, email, .. email.Split('@', '.')]))
            return Refuse(1034, "The password is little more than the username or the e-mail address, the first thing anyone would try.");
        return CommonPasswords.Contains(small) || CommonPasswords.Contains(Undisguise(small)) || IsMadeOf(small, ProductWords)
            ? Refuse(1033, "The password is one of those that are tried first. Choose one that only you would think of, such as a few unrelated words.")
            : null;
    }

    /// <summary>Whether hardly anything is left of it without one of the words, however they are disguised.</summary>
    private static bool IsMadeOf(string password, IEnumerable<string> words) => words
        .Select(word => word.ToLowerInvariant())
        .Where(word => word.Length >= ShortestWord)
        .Any(word => IsLittleMore(password, word) || IsLittleMore(Undisguise(password), Undisguise(word)));

    private static bool IsLittleMore(string password, string word) =>
        password.Contains(word, StringComparison.Ordinal) && password.Replace(word, "", StringComparison.Ordinal).Length < MinOwn;

    private static string Undisguise(string password) => string.Create(password.Length, password, static (plain, source) =>
    {
        for (var i = 0; i < plain.Length; i++)
        {
            var at = Disguised.IndexOf(source[i], StringComparison.Ordinal);
            plain[i] = at < 0 ? source[i] : Plain[at];
        }
    });

    private static AccountCreation.Refused Refuse(int code, string reason) => new(new PlexErrorCode(code), "password", reason);
}
