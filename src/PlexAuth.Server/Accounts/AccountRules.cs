using System.Buffers;
using System.Text;

namespace PlexAuth.Server.Accounts;

/// <summary>What a new account's username, e-mail address and password must be.</summary>
internal static class AccountRules
{
    private const int MinPassword = 8;
    private const int MaxUsername = 32;
    private const int MaxEmail = 254;
    private static readonly SearchValues<char> NotInEmail = SearchValues.Create("<>()[],;:\\\"");

    public static AccountCreation.Refused? Check(string username, string email, string password) =>
        CheckUsername(username) ?? CheckEmail(email) ?? CheckPassword(password, username, email);

    private static AccountCreation.Refused? CheckUsername(string username)
    {
        if (username.Length == 0)
            return Refuse(1010, "username", "The username is missing.");
        if (username.Length > MaxUsername)
            return Refuse(1047, "username", $"The username is too long: {MaxUsername} characters at most.");
        return username.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && username.Any(char.IsAsciiLetterOrDigit)
            ? null
            : Refuse(1037, "username", "A username has letters a-z, digits, dots, dashes and underscores only, so that it is never mistaken for an e-mail address.");
    }

    private static AccountCreation.Refused? CheckEmail(string email)
    {
        if (email.Length == 0)
            return Refuse(1010, "email", "The e-mail address is missing.");
        var at = email.LastIndexOf('@');
        var valid = email.Length <= MaxEmail && at > 0 && at < email.Length - 1 && email.IndexOf('@', StringComparison.Ordinal) == at
            && !email.AsSpan().ContainsAnyExceptInRange('!', '~') && !email.AsSpan().ContainsAny(NotInEmail);
        return valid ? null : Refuse(1035, "email", "That is not an e-mail address of the form name@example.com (write an international domain as xn--…).");
    }

    private static AccountCreation.Refused? CheckPassword(string password, string username, string email)
    {
        var length = password.EnumerateRunes().Count();
        if (length < MinPassword)
            return Refuse(1032, "password", $"The password is too short: {MinPassword} characters at least; a sentence is easier to remember and harder to guess.");
        if (length > PasswordHashing.MaxCodePoints || Encoding.UTF8.GetByteCount(password) > PasswordHashing.MaxBytes)
            return Refuse(1033, "password", $"The password is too long: {PasswordHashing.MaxCodePoints} characters at most.");
        if (password.Contains('\0', StringComparison.Ordinal))
            return Refuse(1033, "password", "The password has a NUL character, which many apps cannot send.");
        return string.Equals(password, username, StringComparison.OrdinalIgnoreCase) || string.Equals(password, email, StringComparison.OrdinalIgnoreCase)
            ? Refuse(1034, "password", "The password is the username or the e-mail address, the first thing anyone would try.")
            : null;
    }

    private static AccountCreation.Refused Refuse(int code, string field, string reason) => new(new PlexErrorCode(code), field, reason);
}
