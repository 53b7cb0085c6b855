using PlexAuth.Server.Data;

namespace PlexAuth.Server.Pins;

/// <summary>What is left of a PIN after it expired, and for how long.</summary>
internal static class PinSweeps
{
    private const string Hour = "3600000";
    private const string TenMinutes = "600000";
    private const string Day = "86400000";
    private const string Month = "2592000000";

    public static ExpirySweep[] All { get; } =
    [
        // The token goes at once. The rest stays for the clients that poll on: to them the PIN is gone, but they are not counted as guessing ids.
        new("pins' tokens", "UPDATE pins SET sealed_token = NULL WHERE id IN (SELECT id FROM pins WHERE expires_at <= @now AND sealed_token IS NOT NULL LIMIT @limit)"),
        new("pins", $"DELETE FROM pins WHERE id IN (SELECT id FROM pins WHERE expires_at <= @now - {Hour} LIMIT @limit)"),
        new("pin_misses", $"DELETE FROM pin_misses WHERE missed_at IN (SELECT missed_at FROM pin_misses WHERE missed_at <= @now - {Day} ORDER BY missed_at LIMIT @limit)"),
        new("pin_poll_misses", $"DELETE FROM pin_poll_misses WHERE missed_at IN (SELECT missed_at FROM pin_poll_misses WHERE missed_at <= @now - {TenMinutes} ORDER BY missed_at LIMIT @limit)"),
        new("pin_networks", $"DELETE FROM pin_networks WHERE linked_at IN (SELECT linked_at FROM pin_networks WHERE linked_at <= @now - {Month} ORDER BY linked_at LIMIT @limit)"),
    ];
}
