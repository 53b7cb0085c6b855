using System.Security.Cryptography;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
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
        if (file.Format != PlexAuthAccountFile.FormatName || file.Version != PlexAuthAccountFile.LatestVersion)
            throw new FormatException($"This is no file of accounts that this version reads: it wants format \"{PlexAuthAccountFile.FormatName}\", version {PlexAuthAccountFile.LatestVersion}.");
        if (file.Accounts.Any(account => account is null))
            throw new FormatException("An account in the file is null.");
        var results = new List<PlexAuthImportedAccount>();
        foreach (var some in file.Accounts.Select(Read).Chunk(AtOnce))
            results.AddRange(await database.WriteAsync(session => InsertAsync(session, some, actor), cancellationToken));
        return results;
    }

    private ReadAccount Read(PlexAuthExportedAccount account)
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
        return new(row, account.Disabled, AccountRules.CheckNames(username, email)?.Reason);
    }

    private async Task<IReadOnlyList<PlexAuthImportedAccount>> InsertAsync(DatabaseSession session, IEnumerable<ReadAccount> accounts, Actor actor)
    {
        var results = new List<PlexAuthImportedAccount>();
        foreach (var (row, disabled, problem) in accounts)
        {
            var reason = problem ?? await InsertAsync(session, row, disabled, actor);
            results.Add(new(row.Username, Imported: reason is null, PasswordKept: reason is null && row.SealedPassword is not null, reason));
        }

        return results;
    }

    /// <returns>Why the account is left out, or null.</returns>
    private async Task<string?> InsertAsync(DatabaseSession session, NewAccount row, bool disabled, Actor actor)
    {
        if (await AccountStore.UsernameTakenAsync(session, row.UsernameKey!) || await AccountStore.EmailTakenAsync(session, row.EmailKey!) || await AccountStore.UuidTakenAsync(session, row.Uuid))
            return "An account with this name, address or uuid is there already.";
        var id = await AccountStore.InsertAsync(session, row);
        if (disabled)
            await AccountStore.SetDisabledAsync(session, id, disabled: true, time.GetUtcNow());
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.AccountImported, id, actor), time.GetUtcNow());
        return null;
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

    /// <param name="Problem">Why the file's own words rule the account out.</param>
    private sealed record ReadAccount(NewAccount Row, bool Disabled, string? Problem);
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
        SealedPassword = SealedPassword,
        SealedTwoFactorSeed = SealedTotpSeed,
    };
}
