using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Throttling;

/// <summary>Decides whether a sign-in may be tried at all, before anything about it is checked. Every way to sign in passes here with the same counts.</summary>
/// <remarks>
/// A try counts as wrong until it proves right. Right ones forget the wrong ones of their own ladder and give back their place in the others, which belong to
/// everybody at an address. The owner's ladder on a known network is not the one that strangers wear out.
/// </remarks>
internal sealed class SignInGuard(Database database, SignInLimits limits, TimeProvider time)
{
    /// <returns>The places taken, to be given back or kept, or how long to wait and why.</returns>
    public Task<SignInAdmission> AdmitAsync(string? loginKey, ClientNetwork network, CancellationToken cancellationToken) => database.WriteAsync(
        session => AdmitAsync(session, loginKey, network),
        cancellationToken);

    /// <summary>For a try that was not made, or whose password was right though something else is missing.</summary>
    public Task GiveBackAsync(SignInAdmission admission, CancellationToken cancellationToken) =>
        database.WriteAsync(session => GiveBackAsync(session, admission), cancellationToken);

    /// <summary>Counts a verification code before it is compared, and gives the place of the password back, which was right.</summary>
    /// <returns>The places taken; with a wait when there were too many wrong codes.</returns>
    public Task<SignInAdmission> AdmitCodeAsync(SignInAdmission password, string accountUuid, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await GiveBackAsync(session, password);
            var codes = await TakeAsync(session, [(CodesOf(accountUuid), limits.Code), (CodesInDayOf(accountUuid), limits.CodeInDay)], PlexErrorCode.LockedOut);
            return codes with { Places = [.. password.Places.Where(place => !IsShared(place)), .. codes.Places], Network = password.Network };
        },
        cancellationToken);

    /// <summary>Takes note of a sign-in that succeeded in every way; to be called in its transaction.</summary>
    /// <returns>True when the account had not signed in from this network lately.</returns>
    public static async Task<bool> SucceedAsync(DatabaseSession session, SignInAdmission admission, int accountId, DateTimeOffset now)
    {
        await ReleaseAsync(session, admission, now);
        return await NetworkStore.AddAsync(session, accountId, admission.Network, now);
    }

    /// <summary>Forgets the wrong tries of one person's ladder, and gives back a place in every other.</summary>
    public static async Task ReleaseAsync(DatabaseSession session, SignInAdmission admission, DateTimeOffset now)
    {
        foreach (var place in admission.Places)
        {
            if (IsShared(place))
                await ThrottleStore.GiveBackAsync(session, place);
            else
                await ThrottleStore.ForgetAsync(session, place.Name);
        }
    }

    // What is given back one by one, because it is not one person's: addresses, networks, all strangers together, and the day's codes, so that the day's limit holds.
    private const string SharedPrefix = "shared:";
    private const string Strangers = $"{SharedPrefix}strangers";

    private async Task<SignInAdmission> AdmitAsync(DatabaseSession session, string? loginKey, ClientNetwork network)
    {
        var now = time.GetUtcNow();
        var places = new List<(string, ThrottleRule)>();
        if (!network.IsThisComputer)
        {
            places.Add(($"{SharedPrefix}address:{network.Address}", limits.Address));
            places.Add(($"{SharedPrefix}network:{network.Network}", limits.Network));
        }

        var shared = await TakeAsync(session, places, PlexErrorCode.LockedOut);
        if (shared.Wait is not null || loginKey is null)
            return shared with { Network = network.Network };

        var owner = await NetworkStore.FindOwnerAsync(session, loginKey, network.Network, now);
        var name = $"login:{Hash(owner.Uuid is null ? $"login {loginKey}" : $"account {owner.Uuid}")}";
        var login = await TakeAsync(session, PlacesOf(name, owner, network), PlexErrorCode.RateLimited);
        if (login.Wait is null)
            return new SignInAdmission([.. shared.Places, .. login.Places]) { Network = network.Network };
        await GiveBackAsync(session, shared);
        return login;
    }

    private IReadOnlyList<(string, ThrottleRule)> PlacesOf(string login, LoginOwner owner, ClientNetwork network) =>
        owner.IsKnownNetwork ? [($"known:{login}", limits.LoginFromKnownNetwork)]
        : network.IsThisComputer ? [(login, limits.Login)]
        : [(login, limits.Login), (Strangers, limits.Strangers)];

    /// <summary>All the places, or none.</summary>
    private async Task<SignInAdmission> TakeAsync(DatabaseSession session, IReadOnlyList<(string Name, ThrottleRule Rule)> wanted, PlexErrorCode refusal)
    {
        var now = time.GetUtcNow();
        var taken = new List<ThrottleTry>();
        foreach (var (name, rule) in wanted)
        {
            var place = await ThrottleStore.TakeAsync(session, name, rule, now);
            if (place.Wait is { } wait)
            {
                await GiveBackAsync(session, new SignInAdmission(taken));
                return new SignInAdmission([]) { Wait = wait, Refusal = refusal };
            }

            taken.Add(place);
        }

        return new SignInAdmission(taken);
    }

    private static async Task GiveBackAsync(DatabaseSession session, SignInAdmission admission)
    {
        foreach (var place in admission.Places)
            await ThrottleStore.GiveBackAsync(session, place);
    }

    private static bool IsShared(ThrottleTry place) => place.Name.StartsWith(SharedPrefix, StringComparison.Ordinal);

    private static string CodesOf(string accountUuid) => $"codes:{accountUuid}";

    private static string CodesInDayOf(string accountUuid) => $"{SharedPrefix}codes:{accountUuid}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <param name="Places">What was counted for this try.</param>
internal sealed record SignInAdmission(IReadOnlyList<ThrottleTry> Places)
{
    /// <summary>Null where it may be made.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>How the wait is explained: 1031 for an address or wrong codes, 1003 for a login.</summary>
    public PlexErrorCode Refusal { get; init; }

    public string Network { get; init; } = "";
}
