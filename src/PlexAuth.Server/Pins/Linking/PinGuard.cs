using PlexAuth.Server.Data;

namespace PlexAuth.Server.Pins;

/// <summary>Keeps codes from being guessed: a budget of wrong codes for each account, address and network, and a breaker for everybody together.</summary>
/// <remarks>
/// Four characters are a million codes, so what bounds the odds is how many wrong ones are compared at all. Right codes cost nothing and forgive nothing. Once
/// the breaker trips, a short code works only on the network it was asked for on, or from where its account, without a miss that day, linked a device before; and
/// from there too only while the misses of such accounts leave the odds as they are.
/// </remarks>
internal static class PinGuard
{
    private const int PerAccount = 5;
    private const int PerAccountInDay = 20;
    private const int PerAddress = 20;
    private const int PerNetwork = 60;
    private const int InAll = 20;
    private const int InAllInDay = 100;

    /// <summary>A hundredth of the codes of four characters, by a hundred that are live: the odds that one of a day's guesses hits are below 1 %.</summary>
    private const int MostEverywhereInDay = (1 << 20) / 100 / 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan KnownNetwork = TimeSpan.FromDays(30);

    /// <summary>How long until this person may bring another code; zero for now. To be asked before the transaction too: a flood of guesses then keeps nobody else from theirs.</summary>
    public static async Task<TimeSpan> WaitAsync(DatabaseSession session, PinGuess guess, DateTimeOffset now)
    {
        var ofAccount = await MissesOfAccountAsync(session, guess, now);
        var ofNetwork = await session.ListAsync<Miss>(
            "SELECT address AS Address, missed_at AS MissedAt FROM pin_misses WHERE network = @Network AND missed_at > @since ORDER BY missed_at",
            new { guess.Network.Network, since = Before(now, Window) });

        return new[]
        {
            Wait([.. ofAccount.Where(at => at > Before(now, Window))], PerAccount, Window, now),
            Wait(ofAccount, PerAccountInDay, Day, now),
            Wait([.. ofNetwork.Where(miss => miss.Address == guess.Network.Address).Select(miss => miss.MissedAt)], PerAddress, Window, now),
            Wait([.. ofNetwork.Select(miss => miss.MissedAt)], PerNetwork, Window, now),
        }.Max();
    }

    /// <summary>To be called first in the transaction of every guess.</summary>
    public static async Task<PinAdmission> AdmitAsync(DatabaseSession session, PinGuess guess, DateTimeOffset now)
    {
        var wait = await WaitAsync(session, guess, now);
        if (wait > TimeSpan.Zero)
            return new PinAdmission(Restricted: false, wait);

        // One guess after the other from here on: none is compared before those before it are counted.
        var trippedAt = await session.FirstOrDefaultAsync<long>("UPDATE pin_guard SET guesses = guesses + 1 WHERE id = 1 RETURNING tripped_at");
        return new PinAdmission(trippedAt > Before(now, Day) && !await IsTrustedAsync(session, guess, now), TimeSpan.Zero);
    }

    /// <param name="shortCode">It may have been a short one.</param>
    /// <param name="everywhere">It was compared with the codes of every network.</param>
    public static async Task MissAsync(DatabaseSession session, PinGuess guess, bool shortCode, bool everywhere, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO pin_misses (account_id, address, network, short_code, everywhere, missed_at)
            VALUES (@AccountId, @Address, @Network, @shortCode, @everywhere, @now)
            """,
            new
            {
                guess.AccountId,
                guess.Network.Address,
                guess.Network.Network,
                shortCode = shortCode ? 1 : 0,
                everywhere = everywhere ? 1 : 0,
                now = now.ToUnixTimeMilliseconds(),
            });
        if (await CountShortAsync(session, Before(now, Window)) >= InAll || await CountShortAsync(session, Before(now, Day)) >= InAllInDay)
            await session.ExecuteAsync("UPDATE pin_guard SET tripped_at = @now WHERE id = 1", new { now = now.ToUnixTimeMilliseconds() });
    }

    public static Task LinkedAsync(DatabaseSession session, PinGuess guess, DateTimeOffset now) => session.ExecuteAsync(
        """
        INSERT INTO pin_networks (account_id, network, linked_at) VALUES (@AccountId, @Network, @now)
        ON CONFLICT (account_id, network) DO UPDATE SET linked_at = excluded.linked_at
        """,
        new { guess.AccountId, guess.Network.Network, now = now.ToUnixTimeMilliseconds() });

    /// <summary>While the breaker is tripped: whoever linked a device from this network before and missed nothing that day, as long as few of those miss.</summary>
    private static async Task<bool> IsTrustedAsync(DatabaseSession session, PinGuess guess, DateTimeOffset now) =>
        (await MissesOfAccountAsync(session, guess, now)).Count == 0
        && await session.FirstOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM pin_networks WHERE account_id = @AccountId AND network = @Network AND linked_at > @since",
            new { guess.AccountId, guess.Network.Network, since = Before(now, KnownNetwork) }) > 0
        && await session.FirstOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM pin_misses WHERE missed_at > @since AND short_code = 1 AND everywhere = 1", new { since = Before(now, Day) }) < MostEverywhereInDay;

    private static Task<IReadOnlyList<long>> MissesOfAccountAsync(DatabaseSession session, PinGuess guess, DateTimeOffset now) => session.ListAsync<long>(
        "SELECT missed_at FROM pin_misses WHERE account_id = @AccountId AND missed_at > @since ORDER BY missed_at", new { guess.AccountId, since = Before(now, Day) });

    private static Task<int> CountShortAsync(DatabaseSession session, long since) =>
        session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM pin_misses WHERE missed_at > @since AND short_code = 1", new { since });

    /// <summary>How long until fewer than the limit are left in the window; zero if that is so already.</summary>
    private static TimeSpan Wait(IReadOnlyList<long> misses, int limit, TimeSpan window, DateTimeOffset now) =>
        misses.Count < limit ? TimeSpan.Zero : DateTimeOffset.FromUnixTimeMilliseconds(misses[misses.Count - limit]) + window - now;

    private static long Before(DateTimeOffset now, TimeSpan span) => (now - span).ToUnixTimeMilliseconds();

    private sealed class Miss
    {
        public string Address { get; set; } = "";

        public long MissedAt { get; set; }
    }
}

/// <param name="Restricted">Short codes work only on their own network.</param>
/// <param name="Wait">Above zero, nothing may be compared before that much time has passed.</param>
internal readonly record struct PinAdmission(bool Restricted, TimeSpan Wait);
