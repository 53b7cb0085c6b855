using PlexAuth.Server.Data;

namespace PlexAuth.Server.Pins;

/// <summary>How many PINs may wait, and how fast they may be asked for. Strong codes cannot be guessed, and so have limits of their own: many of them do no harm to the short ones.</summary>
internal static class PinCreationLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <returns>When to try again, or null if another PIN may be made.</returns>
    public static async Task<TimeSpan?> ExceededAsync(DatabaseSession session, PinRequest request, PlexAuthPinOptions options, DateTimeOffset now)
    {
        var counts = await session.FirstOrDefaultAsync<Counts>(
            """
            SELECT COALESCE(SUM(CASE WHEN state = 0 AND expires_at > @now THEN 1 ELSE 0 END), 0) AS Live,
                   COALESCE(SUM(CASE WHEN state = 0 AND expires_at > @now AND client_identifier = @ClientIdentifier THEN 1 ELSE 0 END), 0) AS LiveOfClient,
                   COALESCE(SUM(CASE WHEN created_at > @window THEN 1 ELSE 0 END), 0) AS Created,
                   (SELECT COUNT(*) FROM pins WHERE created_at > @minute) AS CreatedInAll
            FROM pins WHERE address = @Address AND strong = @strong
            """,
            new
            {
                request.Client.ClientIdentifier,
                request.Network.Address,
                strong = request.Strong ? 1 : 0,
                now = now.ToUnixTimeMilliseconds(),
                window = (now - Window).ToUnixTimeMilliseconds(),
                minute = (now - Wait).ToUnixTimeMilliseconds(),
            });
        var exceeded = request.Strong
            ? counts!.LiveOfClient >= options.StrongLivePerClient || counts.Created >= options.StrongCreatedPerAddress
            : counts!.Live >= options.LivePerAddress || counts.LiveOfClient >= options.LivePerClient || counts.Created >= options.CreatedPerAddress;
        return exceeded || counts.CreatedInAll >= options.CreatedInAll ? Wait : null;
    }

    private sealed class Counts
    {
        public int Live { get; set; }

        public int LiveOfClient { get; set; }

        public int Created { get; set; }

        public int CreatedInAll { get; set; }
    }
}
