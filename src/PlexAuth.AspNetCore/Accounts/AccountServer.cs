namespace PlexAuth.AspNetCore.Accounts;

/// <summary>A media server as one account sees it: what decides about access, without the server's addresses and token.</summary>
/// <param name="MachineIdentifier">Which one.</param>
/// <param name="Owned">The account owns it.</param>
/// <param name="Home">Its owner is in the same Plex Home.</param>
internal sealed record AccountServer(string MachineIdentifier, bool Owned, bool Home);
