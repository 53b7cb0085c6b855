namespace PlexAuth.AspNetCore.Access;

/// <summary>What a policy asks of an account.</summary>
internal enum PlexAccessLevel
{
    /// <summary>Signed in with Plex at all.</summary>
    Account,

    /// <summary>May use the server.</summary>
    Server,

    /// <summary>Owns the server or is in the Plex Home of whoever does.</summary>
    Home,

    /// <summary>Owns the server.</summary>
    Owner,
}
