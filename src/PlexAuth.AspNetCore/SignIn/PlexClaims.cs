using System.Globalization;
using System.Security.Claims;

namespace PlexAuth.AspNetCore;

/// <summary>The claims every Plex account gets, whichever way it came in.</summary>
internal static class PlexClaims
{
    public static PlexClaimActions CreateActions()
    {
        var actions = new PlexClaimActions();
        actions.Map(ClaimTypes.NameIdentifier, account => account.Uuid);
        actions.Map(ClaimTypes.Name, account => account.Title is { Length: > 0 } title ? title : account.Username);
        actions.Map(PlexClaimTypes.PreferredUsername, account => account.Username);
        actions.Map(ClaimTypes.Email, account => account.Email);
        actions.Map(PlexClaimTypes.EmailVerified, ClaimValueTypes.Boolean, account => account.Email.Length > 0 ? Text(account.Confirmed) : null);
        actions.Map(PlexClaimTypes.Picture, account => account.Thumb?.AbsoluteUri);
        actions.Map(PlexClaimTypes.Id, ClaimValueTypes.Integer64, account => account.Id.ToString(CultureInfo.InvariantCulture));
        actions.Map(PlexClaimTypes.Home, ClaimValueTypes.Boolean, account => Text(account.Home));
        actions.Map(PlexClaimTypes.HomeAdmin, ClaimValueTypes.Boolean, account => Text(account.HomeAdmin));
        actions.Map(PlexClaimTypes.Restricted, ClaimValueTypes.Boolean, account => Text(account.Restricted));
        actions.Map(PlexClaimTypes.Guest, ClaimValueTypes.Boolean, account => Text(account.Guest));
        actions.Map(PlexClaimTypes.Subscription, account => account.Subscription is { Active: true } ? "active" : null);
        return actions;
    }

    private static string Text(bool value) => value ? "true" : "false";
}
