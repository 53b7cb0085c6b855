namespace PlexAuth.Server.MediaServer;

/// <summary>What an account may do on a media server, least first.</summary>
internal enum ServerAccess
{
    None,
    Shared,
    Owner,
}
