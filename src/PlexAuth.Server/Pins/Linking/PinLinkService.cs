using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Pins;

/// <summary>What a signed-in person does with a code: look at what asks, allow it or deny it. A code that leads nowhere is a guess, whatever it was brought for.</summary>
internal sealed partial class PinLinkService(
    Database database, PinStore pins, TokenGate gate, IOptions<PlexAuthServerOptions> options, TimeProvider time, ILogger<PinLinkService> logger)
{
    public Task<PinAnswer> LookUpAsync(PinGuess guess, CancellationToken cancellationToken) =>
        GuessAsync(guess, (_, found) => Task.FromResult<PinAnswer>(found), cancellationToken);

    public Task<PinAnswer> AllowAsync(PinGuess guess, CancellationToken cancellationToken) =>
        GuessAsync(guess, (session, found) => AllowAsync(session, guess, found), cancellationToken);

    public Task<PinAnswer> DenyAsync(PinGuess guess, CancellationToken cancellationToken) =>
        GuessAsync(guess, (session, found) => DenyAsync(session, guess, found), cancellationToken);

    private async Task<PinAnswer> GuessAsync(PinGuess guess, Func<DatabaseSession, PinAnswer.Found, Task<PinAnswer>> use, CancellationToken cancellationToken)
    {
        var wait = await database.ReadAsync(session => PinGuard.WaitAsync(session, guess, time.GetUtcNow()), cancellationToken);
        if (wait > TimeSpan.Zero)
            return new PinAnswer.TooMany(wait);

        return await database.WriteAsync(
            async session =>
            {
                var now = time.GetUtcNow();
                var admission = await PinGuard.AdmitAsync(session, guess, now);
                if (admission.Wait > TimeSpan.Zero)
                    return new PinAnswer.TooMany(admission.Wait);

                var code = PinCode.Normalize(guess.Code);
                var shortCode = code is null || !PinCode.IsStrong(code);
                var restricted = options.Value.Pins.RequireSameNetwork || (shortCode && admission.Restricted);
                if (code is not null && await pins.FindByCodeAsync(session, code) is { } pin && IsOpenTo(pin, guess, restricted, now))
                    return await use(session, new PinAnswer.Found(pin, IsSameNetwork(pin, guess)));

                await PinGuard.MissAsync(session, guess, shortCode, everywhere: !restricted, now);
                WrongCode(guess.AccountId, guess.Network.Network);
                return new PinAnswer.Missing(restricted);
            },
            cancellationToken);
    }

    private async Task<PinAnswer> AllowAsync(DatabaseSession session, PinGuess guess, PinAnswer.Found found)
    {
        var (pin, now) = (found.Pin, time.GetUtcNow());
        if (!await AccountStore.MayHoldTokensAsync(session, guess.AccountId, passwordVersion: null))
            return new PinAnswer.Refused(PlexErrorCode.NotPermitted);
        if (!await DeviceStore.HasRoomAsync(session, guess.AccountId, pin.Client.ClientIdentifier))
            return new PinAnswer.Refused(new PlexErrorCode(1008));
        if (!await PinStore.ClaimAsync(session, pin.Id, guess.AccountId, now))
            return new PinAnswer.Missing(Restricted: false);

        var device = await DeviceStore.SignInAsync(session, guess.AccountId, pin.Client, pin.Network.Source, now);
        if (pin.DeviceKey is null)
        {
            var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Account, guess.AccountId, device))
                ?? throw new InvalidOperationException("An account that may hold tokens was refused one.");
            await pins.KeepTokenAsync(session, pin.Id, token);
        }

        await PinGuard.LinkedAsync(session, guess, now);
        await RecordAsync(session, SecurityEventKind.PinLinked, guess, pin);
        Linked(pin.Id, guess.AccountId, found.SameNetwork);
        return found with { DeviceId = device };
    }

    private async Task<PinAnswer> DenyAsync(DatabaseSession session, PinGuess guess, PinAnswer.Found found)
    {
        if (!await PinStore.DenyAsync(session, found.Pin.Id, time.GetUtcNow()))
            return new PinAnswer.Missing(Restricted: false);

        await RecordAsync(session, SecurityEventKind.PinDenied, guess, found.Pin);
        Denied(found.Pin.Id, guess.AccountId);
        return found;
    }

    private Task RecordAsync(DatabaseSession session, string kind, PinGuess guess, Pin pin) =>
        SecurityEventStore.AddAsync(session, new(kind, guess.AccountId, guess.Caller.Actor) { Subject = pin.Client.ClientIdentifier }, time.GetUtcNow());

    private static bool IsOpenTo(Pin pin, PinGuess guess, bool restricted, DateTimeOffset now) =>
        pin.State == PinState.Pending
        && pin.ExpiresAt > now
        && (guess.ClientIdentifier is null || IsSame(guess.ClientIdentifier, pin.Client.ClientIdentifier))
        && (!restricted || IsSameNetwork(pin, guess));

    private static bool IsSameNetwork(Pin pin, PinGuess guess) => pin.Network.Network == guess.Network.Network;

    private static bool IsSame(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    [LoggerMessage(Level = LogLevel.Information, Message = "PIN {Id} was linked by account {AccountId}; same network: {SameNetwork}")]
    private partial void Linked(int id, int accountId, bool sameNetwork);

    [LoggerMessage(Level = LogLevel.Information, Message = "PIN {Id} was denied by account {AccountId}")]
    private partial void Denied(int id, int accountId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {AccountId} brought a wrong PIN code from {Network}")]
    private partial void WrongCode(int accountId, string network);
}
