namespace PlexAuth;

/// <summary>What a device may ask to have told about its user in a <see cref="PlexJwt"/>.</summary>
public static class PlexJwtScopes
{
    /// <summary>The account's name.</summary>
    public const string Username = "username";

    /// <summary>The e-mail address.</summary>
    public const string Email = "email";

    /// <summary>The name shown to others.</summary>
    public const string FriendlyName = "friendly_name";

    /// <summary>Whether the account is a restricted (managed) one.</summary>
    public const string Restricted = "restricted";

    /// <summary>Whether the account is anonymous.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>When the account was made.</summary>
    public const string JoinedAt = "joinedAt";

    /// <summary>Every scope that Plex documents.</summary>
    public static IReadOnlyList<string> All { get; } = [Username, Email, FriendlyName, Restricted, Anonymous, JoinedAt];
}
