using System.Security.Cryptography;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Accounts;

/// <summary>Takes accounts out of one server and into another. Password hashes and seeds travel sealed, and arrive only where the key file is the same.</summary>
internal sealed class AccountTransfer(Database database, KeyRing keys, RandomSource random, TimeProvider time)
{
    // Few enough that other writes do not wait long behind them.
    private const int AtOnce = 100;

    public async Task<PlexAuthAccountFile> ExportAsync(CancellationToken cancellationToken) => new()
    {
        Accounts = [.. (await database.ReadAsync(AccountStore.ListForExportAsync, cancellationToken)).Select(row => row.ToExported())],
    };

    /// <summary>All or nothing is not wanted here: each account is taken in, or left out for a reason.</summary>
    public async Task<IReadOnlyList<PlexAuthImportedAccount>> ImportAsync(PlexAuthAccountFile file, Actor actor, CancellationToken cancellationToken)
    {
        if (file.Format != PlexAuthAccountFile.FormatName || file.Version != PlexAuthAccountFile.LatestVersion || file.Accounts is null)
            throw new FormatException($"This is no file of accounts that this version reads: it wants format \"{PlexAuthAccountFile.FormatName}\", version {PlexAuthAccountFile.LatestVersion}.");
        if (file.Accounts.Any(account => account is null))
            throw new FormatException("An account in the file is null.");
        var results = new List<PlexAuthImportedAccount>();
        var isNew = !await database.ReadAsync(AccountStore.AnyAsync, cancellationToken);
        foreach (var some in file.Accounts.Select(account => Read(account, isNew)).Chunk(AtOnce))
            results.AddRange(await database.WriteAsync(session => InsertAsync(session, some, actor), cancellationToken));
        return results;
    }

    private ReadAccount Read(PlexAuthExportedAccount account, bool mayOwn)
    {
        var username = account.Username?.Trim() ?? "";
        var email = account.Email?.Trim() ?? "";
        var uuid = account.Uuid is { Length: 16 } given && given.All(char.IsAsciiHexDigitLower) ? given : AccountService.NewUuid(random);
        var sealedPassword = Opens("password", uuid, account.SealedPassword);
        var seed = sealedPassword is null ? null : Opens("totp", uuid, account.SealedTwoFactorSeed);
        var row = new NewAccount
        {
            Uuid = uuid,
            Username = username,
            UsernameKey = LoginKey.From(username),
            Email = email,
            EmailKey = LoginKey.From(email),
            Title = account.Title is { Length: > 0 } title ? title : username,
            JoinedAt = (account.JoinedAt ?? time.GetUtcNow()).ToUnixTimeMilliseconds(),
            SealedPassword = sealedPassword,
            TwoFactorEnabled = seed is null ? 0 : 1,
            SealedTotpSeed = seed,
        };
        return new(row, account.Disabled, mayOwn && account.OwnsServer, AccountRules.CheckNames(username, email)?.Reason);
    }

    private async Task<IReadOnlyList<PlexAuthImportedAccount>> InsertAsync(DatabaseSession session, IEnumerable<ReadAccount> accounts, Actor actor)
    {
        var results = new List<PlexAuthImportedAccount>();
        foreach (var account in accounts)
        {
            var row = account.Row;
            var (id, reason) = account.Problem is { } problem ? (0, problem) : await InsertAsync(session, row, account.Disabled, actor);
            results.Add(new(row.Username, Imported: reason is null, PasswordKept: reason is null && row.SealedPassword is not null, reason)
            {
                OwnsServer = reason is null && account.Owns && await SourceStore.ClaimOwnAsync(session, id),
            });
        }

        return results;
    }

    /// <returns>The new account, or why it is left out.</returns>
    private async Task<(int Id, string? Reason)> InsertAsync(DatabaseSession session, NewAccount row, bool disabled, Actor actor)
    {
        if (await AccountStore.UsernameTakenAsync(session, row.UsernameKey!) || await AccountStore.EmailTakenAsync(session, row.EmailKey!) || await AccountStore.UuidTakenAsync(session, row.Uuid))
            return (0, "An account with this name, address or uuid is there already.");
        var id = await AccountStore.InsertAsync(session, row);
        if (disabled)
            await AccountStore.SetDisabledAsync(session, id, disabled: true, time.GetUtcNow());
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.AccountImported, id, actor), time.GetUtcNow());
        return (id, null);
    }

    private byte[]? Opens(string purpose, string uuid, byte[]? sealedValue)
    {
        try
        {
            if (sealedValue is not null)
                keys.Unseal(purpose, uuid, sealedValue);
            return sealedValue;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <param name="Owns">The media server is to be this account's.</param>
    /// <param name="Problem">Why the file's own words rule the account out.</param>
    private sealed record ReadAccount(NewAccount Row, bool Disabled, bool Owns, string? Problem);
}

/// <summary>An account with what only its server can open.</summary>
internal sealed class ExportRow
{
    public string Uuid { get; set; } = "";

    public string Username { get; set; } = "";

    public string Email { get; set; } = "";

    public string Title { get; set; } = "";

    public long JoinedAt { get; set; }

    public bool Disabled { get; set; }

    public bool OwnsServer { get; set; }

    public byte[]? SealedPassword { get; set; }

    public byte[]? SealedTotpSeed { get; set; }

    public PlexAuthExportedAccount ToExported() => new()
    {
        Uuid = Uuid,
        Username = Username,
        Email = Email,
        Title = Title,
        JoinedAt = DateTimeOffset.FromUnixTimeMilliseconds(JoinedAt),
        Disabled = Disabled,
        OwnsServer = OwnsServer,
        SealedPassword = SealedPassword,
        SealedTwoFactorSeed = SealedTotpSeed,
    };
}
