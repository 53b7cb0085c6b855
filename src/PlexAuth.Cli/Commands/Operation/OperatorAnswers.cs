using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal static class OperatorAnswers
{
    public static AccountDetailsAnswer From(PlexAuthAccountDetails account) => new(
        account.Id, account.Uuid, account.Username, account.Title, account.Email, account.JoinedAt, account.Disabled, account.TwoFactorEnabled, account.Managed, account.HasPassword);

    public static string NameOf(AccountDetailsAnswer account) => account.Managed ? account.Title : account.Username;

    public static string StateOf(AccountDetailsAnswer account)
    {
        string?[] words =
        [
            account.Disabled ? "disabled" : "active",
            account.TwoFactorEnabled ? "two-factor" : null,
            account.Managed ? "managed" : account.HasPassword ? null : "without password",
        ];
        return string.Join(", ", words.OfType<string>());
    }
}
