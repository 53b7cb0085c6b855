namespace PlexAuth.Cli.Commands;

internal static class AccountAnswers
{
    public static AccountAnswer From(PlexAccount account, Connection connection) => new(
        account.Id,
        account.Uuid,
        account.Username,
        account.Title,
        account.Email,
        account.Subscription?.Active ?? false,
        account.Home,
        account.HomeAdmin,
        account.Restricted,
        account.TwoFactorEnabled,
        connection.AccountUrl,
        connection.Identity.ClientIdentifier);

    // Managed users have neither a username nor an e-mail address.
    public static string NameOf(AccountAnswer account)
    {
        var name = account.Username.Length > 0 ? account.Username : account.Title;
        return account.Email.Length > 0 ? $"{name} ({account.Email})" : name;
    }
}
