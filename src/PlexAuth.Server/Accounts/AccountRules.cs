using System.Buffers;

namespace PlexAuth.Server.Accounts;

/// <summary>What a new account's username, e-mail address and password must be.</summary>
internal static class AccountRules
{
    private const int MaxUsername = 32;
    private const int MaxEmail = 254;
    private static readonly SearchValues<char> NotInEmail = SearchValues.Create("<>()[],;:\\\"");

    public static AccountCreation.Refused? Check(string username, string email, string password, int minPasswordLength) =>
        CheckNames(username, email) ?? PasswordRules.Check(password, username, email, minPasswordLength);

    public static AccountCreation.Refused? CheckNames(string username, string email) => CheckUsername(username) ?? CheckEmail(email);

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

    private static AccountCreation.Refused Refuse(int code, string field, string reason) => new(new PlexErrorCode(code), field, reason);
}
