using PlexAuth.Server.Data;

namespace PlexAuth.Server.Throttling;

/// <summary>Counts tries in the database, so that all processes on it share one count.</summary>
internal static class ThrottleStore
{
    private static readonly TimeSpan StrikesRemembered = TimeSpan.FromDays(1);

    public static ExpirySweep Sweep { get; } = new(
        "throttles", "DELETE FROM throttles WHERE name IN (SELECT name FROM throttles WHERE kept_until <= @now ORDER BY kept_until LIMIT @limit)");

    /// <summary>Counts a try before it is made, unless there may be none now.</summary>
    public static async Task<ThrottleTry> TakeAsync(DatabaseSession session, string name, ThrottleRule rule, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        var taken = await session.FirstOrDefaultAsync<Row>(
            """
            INSERT INTO throttles (name, used, strikes, window_ends_at, open_at, kept_until) VALUES (@name, 1, 0, @windowEndsAt, @at, @windowEndsAt)
            ON CONFLICT (name) DO UPDATE SET
                used = CASE WHEN throttles.window_ends_at <= @at THEN 1 ELSE throttles.used + 1 END,
                strikes = CASE WHEN throttles.kept_until <= @at THEN 0 ELSE throttles.strikes END,
                window_ends_at = CASE WHEN throttles.window_ends_at <= @at OR @countsFromLast = 1 THEN excluded.window_ends_at ELSE throttles.window_ends_at END,
                kept_until = CASE WHEN throttles.kept_until < excluded.kept_until THEN excluded.kept_until ELSE throttles.kept_until END
            WHERE throttles.open_at <= @at
            RETURNING used AS Used, strikes AS Strikes, window_ends_at AS WindowEndsAt
            """,
            new { name, at, windowEndsAt = (now + rule.Window).ToUnixTimeMilliseconds(), countsFromLast = rule.CountsFromLastTry ? 1 : 0 });
        if (taken is null)
        {
            var openAt = await session.FirstOrDefaultAsync<long>("SELECT open_at FROM throttles WHERE name = @name", new { name });
            return new ThrottleTry(name, rule, Closes: false, DateTimeOffset.FromUnixTimeMilliseconds(openAt) - now);
        }

        await CloseAsync(session, name, rule, taken, now);
        return new ThrottleTry(name, rule, rule.Exhausts(taken.Used), Wait: null);
    }

    /// <summary>Gives a try back that turned out to be right, or was not made.</summary>
    public static Task GiveBackAsync(DatabaseSession session, ThrottleTry taken) => session.ExecuteAsync(
        """
        UPDATE throttles SET used = CASE WHEN used > 0 THEN used - 1 ELSE 0 END, open_at = 0,
            strikes = CASE WHEN @closes = 1 AND strikes > 0 THEN strikes - 1 ELSE strikes END
        WHERE name = @Name
        """,
        new { taken.Name, closes = taken.Closes ? 1 : 0 });

    /// <summary>Forgets all tries under a name.</summary>
    public static Task ForgetAsync(DatabaseSession session, string name) => session.ExecuteAsync("DELETE FROM throttles WHERE name = @name", new { name });

    private static async Task CloseAsync(DatabaseSession session, string name, ThrottleRule rule, Row taken, DateTimeOffset now)
    {
        var pause = rule.ClosedAfter(taken.Used, taken.Strikes);
        if (pause == TimeSpan.Zero)
            return;
        var openAt = now + pause;
        var exhausted = rule.Exhausts(taken.Used);
        await session.ExecuteAsync(
            "UPDATE throttles SET open_at = @openAt, strikes = @strikes, window_ends_at = @windowEndsAt, kept_until = @keptUntil WHERE name = @name",
            new
            {
                name,
                openAt = openAt.ToUnixTimeMilliseconds(),
                strikes = exhausted ? taken.Strikes + 1 : taken.Strikes,
                windowEndsAt = exhausted ? openAt.ToUnixTimeMilliseconds() : taken.WindowEndsAt,
                keptUntil = Math.Max(taken.WindowEndsAt, (openAt + StrikesRemembered).ToUnixTimeMilliseconds()),
            });
    }

    private sealed class Row
    {
        public int Used { get; set; }

        public int Strikes { get; set; }

        public long WindowEndsAt { get; set; }
    }
}

/// <param name="Closes">It was the last one for now.</param>
/// <param name="Wait">Null where the try was counted and may be made; else how long until the next may be.</param>
internal sealed record ThrottleTry(string Name, ThrottleRule Rule, bool Closes, TimeSpan? Wait);
