using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Pins;

namespace PlexAuth.Server.Emulator;

/// <summary>Decides on PINs without anybody at a browser: when told to, or whenever an app asks how its PIN stands.</summary>
internal sealed class AutomaticPins(Database database, PinStore pins, PinLinkService links)
{
    /// <summary>Who allows every PIN; null for nobody.</summary>
    public int? AllowAs { get; set; }

    public async Task AllowAsync(CancellationToken cancellationToken)
    {
        if (AllowAs is not { } accountId)
            return;
        var waiting = await database.ReadAsync(session => session.ListAsync<int>("SELECT id FROM pins WHERE state = 0"), cancellationToken);
        foreach (var id in waiting)
        {
            if (await database.ReadAsync(session => pins.FindAsync(session, id), cancellationToken) is { } pin)
                await links.AllowAsync(GuessOf(pin, accountId), cancellationToken);
        }
    }

    /// <returns>False when no PIN with this code is waiting.</returns>
    public async Task<bool> DecideAsync(string code, int accountId, bool allow, CancellationToken cancellationToken)
    {
        var normal = PinCode.Normalize(code);
        if (normal is null || await database.ReadAsync(session => pins.FindByCodeAsync(session, normal), cancellationToken) is not { } pin)
            return false;
        var guess = GuessOf(pin, accountId);
        return await (allow ? links.AllowAsync(guess, cancellationToken) : links.DenyAsync(guess, cancellationToken)) is PinAnswer.Found;
    }

    // From the app's own network, so that no rule about networks stands in the way.
    private static PinGuess GuessOf(Pin pin, int accountId) => new(pin.Code, null, accountId, Caller.SignedIn(pin.Network.Source));
}
