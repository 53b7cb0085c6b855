using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Home;

/// <summary>Compares Home PINs. Ten thousand are few, so every try is counted before it is made, for each member: five wrong ones, then a pause that doubles; twenty a day.</summary>
internal sealed class HomePinGuard(Database database, HomePins pins, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly ThrottleRule Tries = new ThrottleRule.Budget(5, TimeSpan.FromMinutes(15), Day) { Window = Day };
    private static readonly ThrottleRule TriesInDay = new ThrottleRule.Budget(20, Day, Day) { Window = Day };

    public async Task<HomePinCheck> CheckAsync(HomeMember member, string? pin, CancellationToken cancellationToken)
    {
        if (member.SealedPin is null)
            return new HomePinCheck.Right();
        if (!HomePins.IsPin(pin))
            return new HomePinCheck.Wrong();

        var (day, tries) = await database.WriteAsync(session => TakeAsync(session, member), cancellationToken);
        if ((day.Wait ?? tries?.Wait) is { } wait)
            return new HomePinCheck.TooMany(wait);
        if (!await VerifyAsync(member, pin!, day, tries!, cancellationToken))
            return new HomePinCheck.Wrong();

        await database.WriteAsync(
            async session =>
            {
                await ThrottleStore.GiveBackAsync(session, day);
                await ThrottleStore.ForgetAsync(session, tries!.Name);
            },
            cancellationToken);
        return new HomePinCheck.Right();
    }

    /// <summary>A try that no thread was free to make does not count.</summary>
    private async Task<bool> VerifyAsync(HomeMember member, string pin, ThrottleTry day, ThrottleTry tries, CancellationToken cancellationToken)
    {
        try
        {
            return await pins.VerifyAsync(member.Uuid, member.SealedPin!, pin, cancellationToken);
        }
        catch (HashQueueFullException)
        {
            await database.WriteAsync(
                async session =>
                {
                    await ThrottleStore.GiveBackAsync(session, day);
                    await ThrottleStore.GiveBackAsync(session, tries);
                },
                CancellationToken.None);
            throw;
        }
    }

    private async Task<(ThrottleTry Day, ThrottleTry? Tries)> TakeAsync(DatabaseSession session, HomeMember member)
    {
        var now = time.GetUtcNow();
        var day = await ThrottleStore.TakeAsync(session, $"home-pin-day:{member.Uuid}", TriesInDay, now);
        if (day.Wait is not null)
            return (day, null);
        var tries = await ThrottleStore.TakeAsync(session, $"home-pin:{member.Uuid}", Tries, now);
        if (tries.Wait is not null)
            await ThrottleStore.GiveBackAsync(session, day);
        return (day, tries);
    }
}

/// <summary>What a PIN turned out to be.</summary>
internal abstract record HomePinCheck
{
    private HomePinCheck()
    {
    }

    /// <summary>Right, or none is needed.</summary>
    public sealed record Right : HomePinCheck;

    public sealed record Wrong : HomePinCheck;

    /// <summary>Not compared.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : HomePinCheck;
}
