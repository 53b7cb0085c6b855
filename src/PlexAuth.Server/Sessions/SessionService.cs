using System.Buffers.Text;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Home;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Sessions;

/// <summary>Signs people in and out of the pages.</summary>
internal sealed class SessionService(Database database, ProofService proofs, RandomSource random, TimeProvider time)
{
    private const int IdBytes = 32;
    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(1);

    /// <param name="formerId">The browser's session so far, which ends: an id that was known before a sign-in is worth nothing after it.</param>
    public async Task<SessionStart> SignInAsync(string? login, string? password, string? verificationCode, string? formerId, Caller caller, CancellationToken cancellationToken) =>
        await proofs.ProveAsync(login, password, verificationCode, caller, cancellationToken) switch
        {
            Proof.Given given => await StartAsync(given, formerId, cancellationToken),
            Proof.Refused refused => new SessionStart.Refused(refused.Code),
            Proof.Throttled throttled => new SessionStart.Throttled(throttled.Code, throttled.RetryAfter),
            Proof.Busy busy => new SessionStart.Busy(busy.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };

    /// <summary>Goes on as a member of the Home, who was admitted before; under an id that nobody knew before.</summary>
    /// <returns>Null when the session or the member is gone meanwhile.</returns>
    public Task<SessionStart.Started?> SwitchAsync(string formerId, HomeMember member, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async data =>
        {
            var (id, now) = (Base64Url.EncodeToString(random.Bytes("session", IdBytes)), time.GetUtcNow());
            if (!await SessionStore.ReplaceAsync(data, formerId, id, member.AccountId, now)
                || await SessionStore.FindAsync(data, id, now) is not { } row || await ReadAsync(data, row) is not { } session)
            {
                return null;
            }

            await SecurityEventStore.AddAsync(data, new(SecurityEventKind.HomeSwitched, member.AccountId, actor), now);
            return new SessionStart.Started(id, session);
        },
        cancellationToken);

    public async Task<BrowserSession?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (session, seenAt) = await database.ReadAsync(
            async data => await SessionStore.FindAsync(data, id, now) is { } row ? (await ReadAsync(data, row), row.SeenAt) : (null, 0L), cancellationToken);
        if (session is not null && now.ToUnixTimeMilliseconds() - seenAt >= (long)SeenInterval.TotalMilliseconds)
            await database.WriteAsync(data => SessionStore.SeenAsync(data, id, now), cancellationToken);

        return session;
    }

    public Task EndAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(data => SessionStore.DeleteAsync(data, id), cancellationToken);

    /// <summary>An id to go on with once whoever the session is of has proved anew to be that.</summary>
    public SessionRenewal Renewal(string formerId) => new(formerId, NewId());

    private Task<SessionStart> StartAsync(Proof.Given proof, string? formerId, CancellationToken cancellationToken) => database.WriteAsync<SessionStart>(
        async data =>
        {
            if (!await ProofService.UseAsync(data, proof))
                return new SessionStart.Refused(PlexErrorCode.VerificationCodeInvalid);

            var id = NewId();
            await SessionStore.InsertAsync(data, id, proof, time.GetUtcNow());
            if (formerId is not null)
                await SessionStore.DeleteAsync(data, formerId);

            // Nothing comes back if the account was disabled or its password changed since it was checked.
            return await SessionStore.FindAsync(data, id, time.GetUtcNow()) is { } row && await ReadAsync(data, row) is { } session
                ? new SessionStart.Started(id, session)
                : new SessionStart.Refused(PlexErrorCode.Unauthorized);
        },
        cancellationToken);

    private static async Task<BrowserSession?> ReadAsync(DatabaseSession data, SessionRow row) => await AccountStore.FindAsync(data, row.AccountId) is { } account
        ? new BrowserSession(account, row.Access, DateTimeOffset.FromUnixTimeMilliseconds(row.SignedInAt))
        : null;

    private string NewId() => Base64Url.EncodeToString(random.Bytes("session", IdBytes));
}
