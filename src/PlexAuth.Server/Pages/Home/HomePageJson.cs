using PlexAuth.Server.Accounts;
using PlexAuth.Server.Home;

namespace PlexAuth.Server.Pages;

internal sealed record HomeUserForm(string? Title, string? RestrictionProfile);

/// <param name="Pin">Empty to take the PIN away.</param>
/// <param name="CurrentPin">Of whoever has one and changes it; an admin needs none for a managed user.</param>
internal sealed record HomePinForm(string? Pin, string? CurrentPin)
{
    public override string ToString() => "HomePinForm(***)";
}

internal sealed record HomeSwitchForm(string? User, string? Pin)
{
    public override string ToString() => $"HomeSwitchForm({User})";
}

/// <param name="Admin">Whether the signed-in person runs this Home, or founds it with the first managed user.</param>
internal sealed record HomePageAnswer(string Name, bool Admin, IReadOnlyList<HomeMemberPageAnswer> Members)
{
    public static HomePageAnswer Of(Account caller, HomeMembers home) => new(
        home.Name, !caller.Restricted && (caller.HomeAdmin || caller.HomeId is null), [.. home.Members.Select(member => HomeMemberPageAnswer.Of(member, caller))]);
}

/// <param name="Self">The signed-in person.</param>
/// <param name="HasPin">Whether a switch to this person needs a PIN.</param>
internal sealed record HomeMemberPageAnswer(string Uuid, string Title, bool Self, bool Admin, bool Managed, string? RestrictionProfile, bool HasPin)
{
    public static HomeMemberPageAnswer Of(Account member, Account caller) =>
        new(member.Uuid, member.Title, member.Id == caller.Id, member.HomeAdmin, member.Restricted, member.RestrictionProfile, member.Protected);
}
