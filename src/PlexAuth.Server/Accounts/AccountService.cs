using System.Data.Common;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>Makes accounts and takes their access away.</summary>
internal sealed class AccountService(Database database, PasswordHashing passwords, TokenCache tokens, RandomSource random, IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    /// <summary>Creates an account; the first one of all owns the media server.</summary>
    /// <exception cref="HashQueueFullException">There is no room to hash its password now.</exception>
    public async Task<AccountCreation> CreateAsync(string username, string email, string password, Actor actor, CancellationToken cancellationToken)
    {
        (username, email) = (username.Trim(), email.Trim());
        if (AccountRules.Check(username, email, password, options.Value.MinPasswordLength) is { } refused)
            return refused;
        var uuid = NewUuid(random);
        var account = new NewAccount
        {
            Uuid = uuid,
            Username = username,
            UsernameKey = LoginKey.From(username),
            Email = email,
            EmailKey = LoginKey.From(email),
            Title = username,
            JoinedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            SealedPassword = await passwords.HashAsync(uuid, password, cancellationToken),
        };
        return await InsertAsync(account, actor, cancellationToken);
    }

    /// <summary>Refuses the account's sign-ins and all its tokens, transient ones too, before this returns; or allows them again.</summary>
    /// <returns>False when there is no such account.</returns>
    public async Task<bool> SetDisabledAsync(int accountId, bool disabled, Actor actor, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(
            async session =>
            {
                if (!await AccountStore.SetDisabledAsync(session, accountId, disabled, time.GetUtcNow()))
                    return false;
                await SecurityEventStore.AddAsync(session, new(disabled ? SecurityEventKind.AccountDisabled : SecurityEventKind.AccountEnabled, accountId, actor), time.GetUtcNow());
                return true;
            },
            cancellationToken);
        tokens.Forget(grant => grant.AccountId == accountId);
        return found;
    }

    public static string NewUuid(RandomSource random) => random.Hex("account uuid", 16);

    private async Task<AccountCreation> InsertAsync(NewAccount account, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(session => InsertAsync(session, account, actor), cancellationToken);
        }
        catch (DbException exception) when (Database.IsUniqueViolation(exception))
        {
            // Another process took a name between our look and our insert: the next look says which.
            return await database.WriteAsync(session => InsertAsync(session, account, actor), cancellationToken);
        }
    }

    private async Task<AccountCreation> InsertAsync(DatabaseSession session, NewAccount account, Actor actor)
    {
        if (await AccountStore.UsernameTakenAsync(session, account.UsernameKey!))
            return new AccountCreation.Refused(new PlexErrorCode(1011), "username", $"The username \"{account.Username}\" is taken.");
        if (await AccountStore.EmailTakenAsync(session, account.EmailKey!))
            return new AccountCreation.Refused(new PlexErrorCode(1011), "email", "An account with this e-mail address exists.");
        var isFirst = !await AccountStore.AnyAsync(session);
        var id = await AccountStore.InsertAsync(session, account);
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.AccountAdded, id, actor), time.GetUtcNow());
        var owns = isFirst && await SourceStore.ClaimOwnAsync(session, id);
        return new AccountCreation.Created((await AccountStore.FindAsync(session, id))!, owns);
    }
}
