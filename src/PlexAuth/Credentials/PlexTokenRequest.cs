namespace PlexAuth;

/// <summary>What a credential is told about the call that needs a token.</summary>
/// <param name="Authority">Scheme, host and port the token will be sent to.</param>
/// <param name="Client">Who is calling.</param>
/// <param name="ForceRefresh">The token given before was refused: give a new one, not a stored copy.</param>
public sealed record PlexTokenRequest(Uri Authority, PlexClientIdentity Client, bool ForceRefresh);
