using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Pins;

/// <summary>Tells the creator of a PIN, and nobody else, how it stands; the token as often as it is asked for, so that a lost answer costs nothing.</summary>
internal sealed class PinPollService(Database database, PinStore pins, PinKeyService proofs, TimeProvider time)
{
    private const int MissesPerAddress = 60;
    private const int MissesInAll = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Known clients poll every half second at most.
    private readonly CallPace<int> _polls = new(time, TimeSpan.FromMilliseconds(250), burst: 5);

    /// <param name="deviceJwt">Proves the device key of a PIN that has one.</param>
    public async Task<PinPoll> GetAsync(int id, string clientIdentifier, ClientNetwork network, string? deviceJwt, CancellationToken cancellationToken)
    {
        var (misses, pin) = await database.ReadAsync(
            async session => (await CountMissesAsync(session, network), await pins.FindAsync(session, id)), cancellationToken);
        if (misses.OfAddress >= MissesPerAddress)
            return new PinPoll.TooMany(Window);

        if (pin is null || !IsSame(clientIdentifier, pin.Client.ClientIdentifier))
            return await MissAsync(network, cancellationToken);

        // Somebody is trying ids on a grand scale: until that ends, a PIN is only collected where it was asked for.
        if (misses.InAll >= MissesInAll && pin.Network.Network != network.Network)
            return new PinPoll.TooMany(Window);

        if (_polls.Exceeded(id) is { } wait)
            return new PinPoll.TooMany(wait);

        if (pin.State == PinState.Denied || pin.ExpiresAt <= time.GetUtcNow())
            return new PinPoll.Missing();

        var answer = await proofs.ProveAsync(pin, deviceJwt, cancellationToken);
        return answer is PinPoll.Found proven ? await ShowAsync(proven.Pin, cancellationToken) : answer;
    }

    private async Task<PinPoll> ShowAsync(Pin pin, CancellationToken cancellationToken)
    {
        if (pin is { State: PinState.Claimed, Token: not null })
            await database.WriteAsync(session => PinStore.MarkDeliveredAsync(session, pin.Id), cancellationToken);

        return new PinPoll.Found(pin);
    }

    private async Task<PinPoll> MissAsync(ClientNetwork network, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            session => session.ExecuteAsync(
                "INSERT INTO pin_poll_misses (address, missed_at) VALUES (@Address, @now)", new { network.Address, now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
            cancellationToken);
        return new PinPoll.Missing();
    }

    private async Task<Misses> CountMissesAsync(DatabaseSession session, ClientNetwork network) => (await session.FirstOrDefaultAsync<Misses>(
        """
        SELECT (SELECT COUNT(*) FROM pin_poll_misses WHERE address = @Address AND missed_at > @since) AS OfAddress,
               (SELECT COUNT(*) FROM pin_poll_misses WHERE missed_at > @since) AS InAll
        """,
        new { network.Address, since = (time.GetUtcNow() - Window).ToUnixTimeMilliseconds() }))!;

    private static bool IsSame(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private sealed class Misses
    {
        public int OfAddress { get; set; }

        public int InAll { get; set; }
    }
}
