namespace PlexAuth.Server;

/// <summary>An account as whoever operates the server sees it.</summary>
/// <param name="Id">Number that identifies it on this server.</param>
/// <param name="Uuid">16 hexadecimal digits that identify it anywhere.</param>
/// <param name="Username">Empty for a managed user.</param>
/// <param name="Title">The name people see.</param>
/// <param name="Email">Empty for a managed user.</param>
/// <param name="JoinedAt">When it was made.</param>
/// <param name="Disabled">May not sign in, and its tokens are refused.</param>
/// <param name="TwoFactorEnabled">Needs a verification code to sign in.</param>
/// <param name="Managed">Belongs to somebody's Home and has no sign-in of its own.</param>
/// <param name="HasPassword">False for a managed user, and for one that was imported without.</param>
public sealed record PlexAuthAccountDetails(
    int Id, string Uuid, string Username, string Title, string Email, DateTimeOffset JoinedAt, bool Disabled, bool TwoFactorEnabled, bool Managed, bool HasPassword);

/// <summary>A device that is signed in to an account.</summary>
/// <param name="Id">Number that identifies it on this server.</param>
/// <param name="Name">As it calls itself.</param>
/// <param name="ClientIdentifier">Of the app's installation.</param>
/// <param name="Product">The app.</param>
/// <param name="Version">The app's.</param>
/// <param name="Platform">What it runs on.</param>
/// <param name="Address">Where it signed in from.</param>
/// <param name="CreatedAt">When it first signed in.</param>
/// <param name="LastSeenAt">When it was last heard from, some minutes more or less.</param>
public sealed record PlexAuthDevice(
    long Id, string Name, string ClientIdentifier, string? Product, string? Version, string? Platform, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>An entry of the audit trail. It holds no secret.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What happened, such as <c>signed-in</c>, <c>sign-in-refused</c>, <c>password-changed</c> or <c>device-removed</c>.</param>
/// <param name="AccountId">To which account; null where a login was nobody's.</param>
/// <param name="Username">Its name now; null where it has none or is gone.</param>
/// <param name="Actor"><c>account</c>, <c>anyone</c> or <c>operator</c>.</param>
/// <param name="ClientIdentifier">The app's installation that acted.</param>
/// <param name="Address">From where.</param>
/// <param name="Subject">The client identifier of the device that was acted on.</param>
/// <param name="Code">Why it was refused, as an error code of the account service.</param>
public sealed record PlexAuthSecurityEvent(
    DateTimeOffset At, string Kind, int? AccountId, string? Username, string Actor, string? ClientIdentifier, string? Address, string? Subject, int? Code);
