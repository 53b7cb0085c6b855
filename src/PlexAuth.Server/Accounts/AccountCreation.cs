namespace PlexAuth.Server.Accounts;

/// <summary>What became of a new account.</summary>
internal abstract record AccountCreation
{
    private AccountCreation()
    {
    }

    public sealed record Created(Account Account, bool OwnsServer) : AccountCreation;

    /// <param name="Field"><c>username</c>, <c>email</c> or <c>password</c>.</param>
    /// <param name="Reason">A sentence for the person who filled it in.</param>
    public sealed record Refused(PlexErrorCode Code, string Field, string Reason) : AccountCreation;
}
