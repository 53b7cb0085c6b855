namespace PlexAuth.Server.Http.Description;

/// <summary>Marks a route that is none of Plex's for the API's description: the platform describes its JSON from its types.</summary>
internal sealed record ControlOperation;
